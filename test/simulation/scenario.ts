import { none } from '../../functions/signatures/none.ts';
import { source as defineSource } from '../../functions/sources/define-source.ts';
import type { Source, SubscriberOptions } from '../../functions/sources/source.ts';
import { subscriberName, type Subscribers } from '../../functions/sources/subscribers.ts';

/** The rules of a source, as data. */
export interface Policy {
  readonly onExhausted: 'continue' | 'hold';
  readonly holdForSeconds?: number;
  readonly sequence?: 'from-1' | 'first-seen';
  readonly version?: boolean;
  readonly after?: Readonly<Record<string, readonly string[]>>;
  readonly gapTimeoutSeconds: number;
  readonly onGap: 'run' | 'fail';
  readonly execution: 'at-least-once' | 'at-most-once';
  readonly attempts: number;
  readonly delaySeconds: number;
  readonly retentionMinutes: number;
  readonly splits: boolean;
  /** Below one: the line of two minutes is full after a few events. */
  readonly perSecond?: number;
  /** So many run at a time. */
  readonly atOnce?: number;
  readonly breaker?: { readonly failures: number; readonly probeSeconds: number };
  /** Each event is its own lane. */
  readonly ownLane?: boolean;
  /** What it accepts is handed on to these, by name. */
  readonly subscribers?: Readonly<Record<string, Policy>>;
}

/**
 * What one run of a handler does: `ignore` returns that nothing was to be done, `fail` and `permanent` throw, `hang` outlasts its lease,
 * `wait-for` wants another event first.
 */
export interface Behaviour {
  readonly kind: 'ok' | 'ignore' | 'fail' | 'permanent' | 'retry-after' | 'hang' | 'wait-for';
  /** Of `retry-after` and `wait-for`. */
  readonly seconds?: number;
  /** Of `retry-after`: no event of its source before that. */
  readonly forAll?: boolean;
  /** Of `wait-for`. */
  readonly types?: readonly string[];
  readonly ms: number;
  readonly calls: boolean;
  readonly effects: number;
}

export interface PlannedEvent {
  readonly source: string;
  readonly id: string;
  readonly lane: string;
  readonly type: string;
  readonly sequence: number;
  readonly version: number;
  /** Of its runs, one after the other; beyond them it succeeds. */
  readonly behaviours: readonly Behaviour[];
}

export interface PlannedSend {
  readonly at: number;
  /** Not before this send is over (and `at` counts from then). */
  readonly after?: number;
  readonly events: readonly number[];
  /** `other`: another body under the same id, with another lane and version. */
  readonly body: 'same' | 'other';
  /** How often the sender tries before it falls silent. */
  readonly tries: number;
  readonly retryMs: number;
}

export type OperatorKind =
  | 'move'
  | 'move-twice'
  /** To the lane queue, or to the feeder, as custom destination. */
  | 'move-to-lanes'
  | 'move-to-feeder'
  /** One message a second, cancelled in the middle, and begun again. */
  | 'move-in-parts'
  | 'junk'
  /** A message of ours where it does not belong: a lane message in the feeder, a letter that nobody wrote. */
  | 'misplace'
  | 'redrive'
  | 'replay'
  | 'discard'
  | 'resolve'
  | 'release'
  | 'purge-dead'
  | 'purge-feeder'
  | 'purge-lane';

export interface PlannedAct {
  readonly at: number;
  /** Not before a message of this event is received for the first time (and `at` counts from then). */
  readonly upon?: number;
  readonly kind: OperatorKind;
  readonly event: number;
}

/** What an item becomes that nobody can read. */
export type DamageKind =
  | 'entry-of-unknown-state'
  | 'entry-of-wrong-type'
  | 'event-without-type'
  | 'lane-without-version'
  | 'wait-without-key'
  | 'attention-junk'
  | 'letter-junk';

export interface PlannedDamage {
  readonly at: number;
  readonly kind: DamageKind;
  readonly event: number;
}

export interface PlannedPause {
  readonly at: number;
  readonly source: string;
  readonly forMs: number;
}

/** A destination that is away for a while: every run of its source fails. */
export interface PlannedOutage {
  readonly source: string;
  readonly from: number;
  readonly to: number;
  /** It answers, and asks to wait for so long. */
  readonly asksSeconds?: number;
}

export interface FaultRates {
  readonly crash: number;
  readonly pause: number;
  readonly longestPauseMs: number;
  readonly longestLatencyMs: number;
  /** How many effects take long, of the others none more than 5 ms. */
  readonly slow: number;
  /** Consoles are far away from what they look at. */
  readonly longestOperatorLatencyMs: number;
  readonly lostAnswer: number;
  /** Requests that arrive long after their sender has given them up. */
  readonly lateRequest: number;
  readonly throttle: number;
  readonly conflict: number;
  /** Receives that never reach a function. */
  readonly lostReceive: number;
  readonly duplicateDelivery: number;
  /** Receives that wait for their invocation, some of them longer than their message is hidden. */
  readonly lateInvocation: number;
  /** Two sweepers at once. */
  readonly sweeperTwice: number;
  /** A sweeper that failed is run again. */
  readonly sweeperAgain: number;
}

export interface Plan {
  readonly seed: string;
  readonly timeoutSeconds: number;
  readonly sources: Readonly<Record<string, Policy>>;
  readonly events: readonly PlannedEvent[];
  readonly sends: readonly PlannedSend[];
  readonly acts: readonly PlannedAct[];
  readonly outages: readonly {
    readonly what: 'ledger' | 'queue';
    readonly from: number;
    readonly to: number;
  }[];
  readonly policyChanges: readonly {
    readonly at: number;
    readonly source: string;
    /** Undefined: the source is taken out. */
    readonly policy: Policy | undefined;
  }[];
  /** Destinations that are away. */
  readonly away: readonly PlannedOutage[];
  /** Sources that are paused for a while. */
  readonly pauses: readonly PlannedPause[];
  /** Messages of this event lose so many receives in a row. */
  readonly storms: readonly { readonly event: number; readonly receives: number }[];
  readonly faults: FaultRates;
  readonly skewMs: number;
  /** How long things may go wrong after the last thing that was planned. */
  readonly tailMs: number;
  /** So many invocations of a function at a time, however many the poller asks for. */
  readonly concurrency: { readonly processor: number; readonly deadLetter: number };
  /** Of the queues: how many messages are searched for a free group, and how many may be in flight. */
  readonly queueLimits: { readonly searched?: number; readonly inFlight?: number };
  readonly damages: readonly PlannedDamage[];
}

/** A policy as the production code takes it. */
export function sourceOf(policy: Policy): Source {
  const { sequence, version, after, gapTimeoutSeconds, onGap } = policy;
  const canWait = sequence !== undefined || after !== undefined;
  const isOrdered = canWait || version === true;
  const atMost = limitsOf(policy);
  return defineSource({
    verify: none(),
    id: 'id',
    type: 'type',
    ...(policy.ownLane === true ? {} : { lane: 'lane' as const }),
    ...(policy.splits ? { split: 'events' } : {}),
    ...(isOrdered
      ? {
          order: {
            ...(sequence === undefined
              ? {}
              : { sequence: 'sequence', start: sequence === 'from-1' ? 1 : ('first-seen' as const) }),
            ...(version === true ? { version: 'version' } : {}),
            ...(after === undefined ? {} : { after }),
            ...(canWait ? { gapTimeoutSeconds, onGap } : {}),
          },
        }
      : {}),
    execution: policy.execution,
    retry: { attempts: policy.attempts, delaysSeconds: [policy.delaySeconds] },
    onExhausted: policy.onExhausted,
    ...(atMost === undefined ? {} : { atMost }),
    ...(policy.breaker === undefined || policy.execution === 'at-most-once'
      ? {}
      : { breaker: policy.breaker }),
    ...(policy.holdForSeconds === undefined || policy.onExhausted !== 'hold'
      ? {}
      : { holdForSeconds: policy.holdForSeconds }),
    retentionDays: policy.retentionMinutes / (24 * 60),
  });
}

const limitsOf = ({ perSecond, atOnce }: Policy): Source['atMost'] =>
  perSecond === undefined && atOnce === undefined
    ? undefined
    : { ...(perSecond !== undefined && { perSecond }), ...(atOnce !== undefined && { atOnce }) };

/** The subscribers that policies have, with their options. */
export const subscribersOf = (policies: Readonly<Record<string, Policy>>): Subscribers =>
  Object.fromEntries(
    Object.entries(policies).map(([name, { subscribers = {} }]) => [
      name,
      Object.fromEntries(Object.entries(subscribers).map(([each, policy]) => [each, optionsOf(policy)])),
    ]),
  );

function optionsOf(policy: Policy): SubscriberOptions {
  const { execution, retry, onExhausted, holdForSeconds, order, atMost } = sourceOf(policy);
  return {
    execution,
    retry,
    onExhausted,
    ...(holdForSeconds === undefined ? {} : { holdForSeconds }),
    ...(order === undefined ? {} : { order }),
    ...(atMost === undefined ? {} : { atMost }),
  };
}

/** With those of the subscribers, each under the name that its events have. */
export const withThoseOfSubscribers = (
  policies: Readonly<Record<string, Policy>>,
): Readonly<Record<string, Policy>> =>
  Object.fromEntries(
    Object.entries(policies).flatMap(([name, policy]) => [
      [name, policy],
      ...Object.entries(policy.subscribers ?? {}).map(([each, own]): [string, Policy] => [
        subscriberName(name, each),
        own,
      ]),
    ]),
  );
