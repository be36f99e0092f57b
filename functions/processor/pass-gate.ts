import { claimProbe, readBreaker, standAtGate } from '../lane/breakers.ts';
import { meetBreaker, type Breaker, type BreakerRules } from '../lane/breaker.ts';
import { readGate, type Standing } from '../lane/gates.ts';
import { takeSlot, type Slot } from '../lane/slots.ts';
import type { ReceivedEvent } from './received-event.ts';
import type { ProcessorDeps } from './deps.ts';
import { keepRate } from './keep-rate.ts';
import { leaveSlot, slotsOf } from './slots.ts';

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
  | {
      readonly kind: 'stop';
      readonly because: 'paused' | 'breaker' | 'rate';
      readonly reason: string;
      readonly waitsForSlot?: true;
    }
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
  const { breaker: rules, atMost: { perSecond } = {} } = source;
  if (rules && breaker) {
    const met = meetBreaker(breaker, key, deps.now());
    if (met.kind === 'probe') return await probe(work, breaker, rules, deps);
    if (met.kind === 'later') return met;
    if (met.kind === 'stop') return { ...met, because: 'breaker' };
  }
  if (perSecond !== undefined) {
    const turn = await keepRate(sourceName, { perSecond }, received.receiveCount > 1, deps);
    if (turn.kind === 'later') return turn;
    if (turn.kind === 'full') {
      await standAtGate(sourceName, deps);
      return { kind: 'stop', because: 'rate', reason: 'the line of its source is two minutes long' };
    }
  }
  return await withSlot(work, { kind: 'passed', breaker, isProbe: false }, deps);
}

async function probe(
  work: Work,
  breaker: Breaker,
  rules: BreakerRules,
  deps: ProcessorDeps,
): Promise<Passage> {
  const passage = await withSlot(work, { kind: 'passed', breaker, isProbe: true }, deps);
  if (passage.kind !== 'passed') return passage;
  if (await claimProbe(breaker, work.key, rules, deps)) return passage;
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
