import { readEventInLane } from '../lane/event-in-lane.ts';
import { reopen } from '../lane/reopen.ts';
import type { MessageToSend } from '../lane/send-lane-message.ts';
import type { SettleDeps } from '../lane/settle.ts';
import { eventKey } from '../ledger/keys.ts';
import { laneOf, type AcceptOutcome } from '../ledger/ledger.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import type { IncomingEvent } from '../sources/incoming-event.ts';
import type { Source } from '../sources/source.ts';
import { traceParentOf } from './trace-parent.ts';
import { decideReopen } from './decide-reopen.ts';
import { keptHeaders } from './kept-headers.ts';
import type { TakenEvent } from './outcome.ts';
import { reaching, Unreachable } from './unreachable.ts';

type Duplicate = Extract<AcceptOutcome, { kind: 'duplicate' }>;

/** What the ledger says of an event that came. `unreadable`: it was stored before, and an operator has to repair it. */
export type Stored = AcceptOutcome | { readonly kind: 'unreadable' };

/** What the sender is told of an event, and the message that has to be in the queue before. */
export interface Settled {
  readonly outcome: TakenEvent;
  readonly message?: MessageToSend;
}

export interface StoreDeps extends SettleDeps {
  /** What X-Ray says of this invocation. */
  readonly xRayTrace?: () => string | undefined;
}

const dayMs = 24 * 3600 * 1000;

export function store(
  event: IncomingEvent,
  source: Source,
  correlationId: string,
  deps: StoreDeps,
): Promise<Stored> {
  const { source: sourceName, eventId, type, lane, raw, headers, order, sender, lacks } = event;
  const acceptedAt = deps.now();
  const traceParent = traceParentOf(headers, deps.xRayTrace?.());
  const accepted = deps.ledger.accept({
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
    traceParent,
    order,
    sender,
    lacks,
  });
  return orUnreadable(accepted, event, deps);
}

const decide = ({ stored, newest }: Duplicate, { execution }: Source, now: Date) =>
  decideReopen(newest, { execution, isExpired: stored.expiresAt <= now });

/** The lane that settling a copy changes, where it puts its event back. */
export const laneMovedBy = (one: Stored, source: Source, now: Date): string | undefined =>
  one.kind === 'duplicate' && decide(one, source, now).kind === 'reopen' ? one.stored.lane : undefined;

/** Does for an event what its state asks for, except to send its message. The stored event stands, whatever a copy says. */
export async function settle(
  event: IncomingEvent,
  one: Stored,
  source: Source,
  deps: SettleDeps,
): Promise<Settled> {
  const { eventId, lane } = event;
  if (one.kind === 'accepted') {
    const key = eventKey(event.source, eventId);
    return {
      outcome: { status: 'accepted', eventId, lane },
      message: { event: key, generation: 0, lane, purpose: 'first' },
    };
  }
  const copy =
    one.kind === 'duplicate' ? await orUnreadable(settleCopy(one, source, deps), event, deps) : one;
  return 'kind' in copy ? { outcome: { status: 'duplicate', eventId, lane } } : copy;
}

/** Copies that arrive together meet at one entry's number; after this many meetings something else is wrong. */
const mostMeetings = 5;

async function settleCopy(copy: Duplicate, source: Source, deps: SettleDeps, meetings = 1): Promise<Settled> {
  const { eventId, lane } = copy.stored;
  const key = eventKey(copy.stored.source, eventId);
  const decision = decide(copy, source, deps.now());
  switch (decision.kind) {
    case 'answer': {
      const { state, result } = decision;
      return { outcome: { status: 'duplicate', eventId, lane, state, result } };
    }
    case 'send-again': {
      const { state, generation, purpose } = decision;
      // The body of an event that has begun may have expired and come again with another lane.
      const itsLane = state === 'pending' ? lane : (laneOf(await deps.ledger.read(key)) ?? lane);
      return {
        outcome: { status: 'duplicate', eventId, lane: itsLane, state },
        message: { event: key, generation, lane: itsLane, purpose },
      };
    }
    case 'reopen': {
      const event = await readEventInLane(key, source, deps);
      const isSame = event.newest?.number === decision.newest.number;
      const why = { by: 'redelivery', actor: 'ingest' } as const;
      const message = isSame ? await reopen(event, why, deps) : undefined;
      if (message) return { outcome: { status: 'reopened', eventId, lane: message.lane }, message };
      if (meetings === mostMeetings) throw new Error('the event changed its state again and again');
      return await settleCopy({ ...copy, newest: await deps.ledger.newest(key) }, source, deps, meetings + 1);
    }
  }
}

/** Every copy is noted, with what it was answered. */
export async function noteCopy(
  event: IncomingEvent,
  one: Stored,
  { outcome: { status, state } }: Settled,
  correlationId: string,
  { ledger }: SettleDeps,
): Promise<void> {
  if (one.kind === 'accepted') return;
  const sameBody = one.kind === 'duplicate' ? { sameBody: one.sameBody } : {};
  const answered = state === undefined ? status : `${status}, ${state}`;
  const from = event.sender === undefined ? {} : { sender: event.sender };
  const note = { what: 'duplicate', actor: 'ingest', ...sameBody, answered, correlationId, ...from } as const;
  await reaching('ledger', ledger.note(eventKey(event.source, event.eventId), note));
}

/** An event that cannot be read costs itself alone: no further copy helps it, and the other events of the body must not wait for its repair. */
async function orUnreadable<T>(
  work: Promise<T>,
  { source, eventId }: IncomingEvent,
  { log }: SettleDeps,
): Promise<T | { readonly kind: 'unreadable' }> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UnreadableItem)) throw new Unreachable('ledger', error);
    log.error('a copy came of an event that cannot be read', { source, eventId, reason: error.message });
    return { kind: 'unreadable' };
  }
}
