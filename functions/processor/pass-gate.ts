import { claimProbe, readBreaker, standAtGate } from '../lane/breakers.ts';
import { meetBreaker, type Breaker, type BreakerRules } from '../lane/breaker.ts';
import type { Gate } from '../lane/gate.ts';
import { readGate } from '../lane/gates.ts';
import { takeSlot, type Slot } from '../lane/slots.ts';
import type { ReceivedEvent } from './received-event.ts';
import { breakerRules } from './breaker-rules.ts';
import type { ProcessorDeps } from './deps.ts';
import { keepRate } from './keep-rate.ts';
import { leaveSlot, slotsOf } from './slots.ts';
import type { Stop } from './waiting-entry.ts';

/** What stands at the gate of a source: a pause as it was remembered, a breaker as it was read a moment ago. */
export interface Standing {
  readonly pause: Gate | undefined;
  readonly breaker: Breaker | undefined;
}

/** An event that has passed the gate. */
export interface Passed {
  readonly kind: 'passed';
  readonly breaker: Breaker | undefined;
  /** It alone tells whether its destination is back. */
  readonly isProbe: boolean;
  /** To be left when its run has ended. */
  readonly slot?: Slot | undefined;
}

export type Passage =
  | Passed
  /** `waitsForSlot`: whoever leaves one hands it on. */
  | ({ readonly kind: 'stop'; readonly waitsForSlot?: true } & Stop)
  /** Its message stays in the queue until then; nothing is recorded. */
  | { readonly kind: 'later'; readonly at: Date };

type Work = Pick<ReceivedEvent, 'key' | 'source' | 'sourceName' | 'received'>;

/**
 * Whether an event that its lane lets run passes the gate of its source. Taken before an attempt begins, so that what waits uses up none. `asksNobody`: no
 * handler will run, so that breaker and rate have nothing to do with it. What may have ended since it was read is read consistently before it stops an
 * event: its lane would wait for the next sweep.
 */
export async function passGate(
  work: Work,
  known: Standing,
  asksNobody: boolean,
  deps: ProcessorDeps,
): Promise<Passage> {
  const passage = await meetGate(work, known, asksNobody, deps);
  // Rates and slots were refused by a conditional write.
  if (passage.kind !== 'stop' || passage.because === 'rate') return passage;
  const { sourceName: name } = work;
  const standing =
    passage.because === 'paused'
      ? { ...known, pause: await readGate(name, deps) }
      : { ...known, breaker: await readBreaker(name, deps, { isConsistent: true }) };
  return await meetGate(work, standing, asksNobody, deps);
}

async function meetGate(
  work: Work,
  { pause, breaker }: Standing,
  asksNobody: boolean,
  deps: ProcessorDeps,
): Promise<Passage> {
  const { key, source, sourceName, received } = work;
  if (pause?.isPaused === true) return { kind: 'stop', because: 'paused', reason: 'its source is paused' };
  if (asksNobody) return { kind: 'passed', breaker, isProbe: false };
  const rules = breakerRules(source);
  const met = rules ? meetBreaker(breaker, key, deps.now()) : ({ kind: 'run' } as const);
  switch (met.kind) {
    case 'run':
      break;
    case 'probe':
      return await probe(work, breaker, rules, deps);
    case 'later':
      return met;
    case 'stop':
      return { ...met, because: 'breaker' };
  }
  const { perSecond } = source.atMost ?? {};
  const turn =
    perSecond === undefined
      ? ({ kind: 'now' } as const)
      : await keepRate(sourceName, { perSecond }, received.receiveCount > 1, deps);
  switch (turn.kind) {
    case 'now':
      return await withSlot(work, { kind: 'passed', breaker, isProbe: false }, deps);
    case 'later':
      return turn;
    case 'full':
      await standAtGate(sourceName, deps);
      return { kind: 'stop', because: 'rate', reason: 'the line of its source is two minutes long' };
  }
}

async function probe(
  work: Work,
  breaker: Breaker | undefined,
  rules: BreakerRules | undefined,
  deps: ProcessorDeps,
): Promise<Passage> {
  const passage = await withSlot(work, { kind: 'passed', breaker, isProbe: true }, deps);
  if (passage.kind !== 'passed') return passage;
  if (rules && breaker && (await claimProbe(breaker, work.key, rules, deps))) return passage;
  if (passage.slot) await leaveSlot(work, passage.slot, deps);
  return { kind: 'stop', because: 'breaker', reason: 'another event tells whether its destination is back' };
}

/** One of those that may run at once. */
async function withSlot(work: Work, passed: Passed, deps: ProcessorDeps): Promise<Passage> {
  const slots = slotsOf(work);
  if (slots === undefined) return passed;
  const wanted = { event: work.key, leaseUntil: work.received.deadline, isProbe: passed.isProbe };
  const slot = await takeSlot(slots, wanted, deps.now(), deps);
  if (slot !== undefined) return { ...passed, slot };
  // What stands there is known for five seconds: it is not written for each lane that stops.
  if (passed.breaker === undefined) await standAtGate(work.sourceName, deps);
  const reason = `at most ${slots.atOnce} of its source run at once`;
  return { kind: 'stop', because: 'rate', reason, waitsForSlot: true };
}
