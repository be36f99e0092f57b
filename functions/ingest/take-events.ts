import { eventKey } from '../ledger/keys.ts';
import type { IncomingEvent } from '../sources/incoming-event.ts';
import type { Source } from '../sources/source.ts';
import { traceParentOf } from './correlation-id.ts';
import { answerDuplicate } from './duplicate.ts';
import { keptHeaders } from './kept-headers.ts';
import { takeDuplicate, type TakeDuplicateDeps } from './take-duplicate.ts';
import type { TakenEvent } from './outcome.ts';
import { reaching, Unreachable } from './unreachable.ts';

export type TakeEventsDeps = TakeDuplicateDeps;

/** Lanes of one body that are served at the same time. */
const lanesAtOnce = 16;
/** A lane with more events in one body than this is looked through for those of an earlier try. */
const longLane = 16;

/** A try that takes longer ends itself, with an answer: Lambda ends it without one after 10 s. */
const patienceMs = 8000;

/**
 * Stores and queues the events of one body. Events of one lane go one by one, in their order; lanes go side by side. The first failure
 * stops everything that has not begun and is thrown: the sender comes again, and finds what was done as duplicates.
 */
export async function takeEvents(
  events: readonly IncomingEvent[],
  source: Source,
  correlationId: string,
  deps: TakeEventsDeps,
): Promise<readonly TakenEvent[]> {
  const lanes = Map.groupBy(events, (event) => event.lane).values();
  const outcomes = new Map<IncomingEvent, TakenEvent>();
  const until = deps.now().getTime() + patienceMs;
  let failed = false;

  async function take(event: IncomingEvent): Promise<TakenEvent> {
    if (deps.now().getTime() > until) throw new Unreachable('ledger', 'no time is left for so many events');
    const outcome = await takeEvent(event, source, correlationId, deps);
    outcomes.set(event, outcome);
    return outcome;
  }

  async function serveLanes(): Promise<void> {
    // The workers draw from one iterator, so each lane is served by one of them.
    for (const lane of lanes) {
      let isLong = lane.length > longLane;
      for (const event of lane) {
        if (failed) return;
        if (outcomes.has(event)) continue;
        const { status } = await take(event);
        if (!isLong || status === 'accepted') continue;
        isLong = false;
        const others = lane.values();
        await sideBySide(() => takeBegun(others), lanesAtOnce);
      }
    }
  }

  /**
   * A try may have no time for all of a long lane; if the next one met what is done one by one, it would come no further, nor would any
   * other. Of what has begun nothing is sent, so its order is nobody's concern.
   */
  async function takeBegun(others: Iterable<IncomingEvent>): Promise<void> {
    for (const event of others) {
      if (failed) return;
      if (outcomes.has(event)) continue;
      const newest = await reaching('ledger', deps.ledger.newest(eventKey(event.source, event.eventId)));
      if (newest && answerDuplicate(newest, source).kind === 'answer') await take(event);
    }
  }

  async function sideBySide(work: () => Promise<void>, most: number): Promise<void> {
    const workers = Array.from({ length: most }, () =>
      work().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    );
    // All of them, so that nothing goes on behind the answer.
    const failure = (await Promise.allSettled(workers)).find((worker) => worker.status === 'rejected');
    if (failure) throw failure.reason;
  }

  await sideBySide(serveLanes, Math.min(lanesAtOnce, events.length));
  return events.flatMap((event) => outcomes.get(event) ?? []);
}

/** In the ledger first, then in the queue. A crash between the two leaves a pending event for the sender's retry or the sweeper. */
async function takeEvent(
  event: IncomingEvent,
  source: Source,
  correlationId: string,
  deps: TakeEventsDeps,
): Promise<TakenEvent> {
  const { eventId, lane } = event;
  const accepted = await reaching('ledger', deps.ledger.accept(toStore(event, source, correlationId, deps)));
  if (accepted.kind === 'duplicate') return await takeDuplicate(accepted, source, correlationId, deps);

  const key = eventKey(event.source, eventId);
  await reaching('queue', deps.send({ event: key, generation: 0, lane, purpose: 'first' }));
  return { status: 'accepted', eventId, lane };
}

const dayMs = 24 * 3600 * 1000;

function toStore(event: IncomingEvent, source: Source, correlationId: string, deps: TakeEventsDeps) {
  const { source: sourceName, eventId, type, lane, raw, headers, order } = event;
  const acceptedAt = deps.now();
  const traceParent = traceParentOf(headers);
  return {
    source: sourceName,
    eventId,
    type,
    lane,
    raw,
    headers: keptHeaders(headers, source.verify.secretHeaders),
    acceptedAt,
    expiresAt: new Date(acceptedAt.getTime() + source.retentionDays * dayMs),
    correlationId,
    nonce: deps.newId(),
    ...(traceParent === undefined ? {} : { traceParent }),
    ...(order === undefined ? {} : { order }),
  };
}
