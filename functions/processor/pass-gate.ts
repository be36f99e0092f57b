import { claimProbe, standAtGate } from '../lane/breakers.ts';
import { meetBreaker, type Breaker } from '../lane/breaker.ts';
import type { Gate } from '../lane/gate.ts';
import type { ReceivedEvent } from './received-event.ts';
import { breakerRules } from './breaker-rules.ts';
import type { ProcessorDeps } from './deps.ts';
import { keepRate } from './keep-rate.ts';
import type { Stop } from './waiting-entry.ts';

/** What stands at the gate of a source, as it was read. */
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
}

export type Passage =
  | Passed
  | ({ readonly kind: 'stop' } & Stop)
  /** Its message stays in the queue until then; nothing is recorded. */
  | { readonly kind: 'later'; readonly at: Date };

/**
 * Whether an event that its lane lets run passes the gate of its source. Taken before an attempt begins, so that what waits uses up none. `asksNobody`: no
 * handler will run, so that breaker and rate have nothing to do with it.
 */
export async function passGate(
  { key, source, sourceName, received }: Pick<ReceivedEvent, 'key' | 'source' | 'sourceName' | 'received'>,
  { pause, breaker }: Standing,
  asksNobody: boolean,
  deps: ProcessorDeps,
): Promise<Passage> {
  if (pause?.isPaused === true) return { kind: 'stop', because: 'paused', reason: 'its source is paused' };
  if (asksNobody) return { kind: 'passed', breaker, isProbe: false };
  const rules = breakerRules(source);
  const met = rules ? meetBreaker(breaker, key, deps.now()) : ({ kind: 'run' } as const);
  switch (met.kind) {
    case 'run':
      break;
    case 'probe':
      if (rules && breaker && (await claimProbe(breaker, key, rules, deps))) {
        return { kind: 'passed', breaker, isProbe: true };
      }
      return {
        kind: 'stop',
        because: 'breaker',
        reason: 'another event tells whether its destination is back',
      };
    case 'later':
      return met;
    case 'stop':
      return { ...met, because: 'breaker' };
  }
  const turn = source.atMost
    ? await keepRate(sourceName, source.atMost, received.receiveCount > 1, deps)
    : ({ kind: 'now' } as const);
  switch (turn.kind) {
    case 'now':
      return { kind: 'passed', breaker, isProbe: false };
    case 'later':
      return turn;
    case 'full':
      await standAtGate(sourceName, deps);
      return { kind: 'stop', because: 'rate', reason: 'the line of its source is two minutes long' };
  }
}
