import type { Result } from '../api/handler.ts';
import { readEventInLane } from '../lane/event-in-lane.ts';
import { messageOf, reopen } from '../lane/reopen.ts';
import { inBatches, type MessageToSend } from '../lane/send-lane-message.ts';
import { needsRepair, type EventState } from '../ledger/entry.ts';
import type { StoredEvent } from '../ledger/event.ts';
import { eventKey, parseEventKey, type EventKey } from '../ledger/keys.ts';
import { named } from '../ledger/named.ts';
import { operatorMay } from '../ledger/transitions.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import { readOrder } from '../sources/read-order.ts';
import type { Source } from '../sources/source.ts';
import { subscriberName } from '../sources/subscribers.ts';
import type { ProcessorDeps } from './deps.ts';
import { handlerEvent } from './handler-event.ts';

/**
 * Hands an event on: stores one event for each subscriber, under a key made of both, then sends their messages. Its own entry `processed` comes after
 * that, so the next event of its lane is handed on when all of these are in the queue: each subscriber has them in the lane's order. Whatever
 * is done again is there already. A replay of the event is one of each that is at rest, once.
 */
export async function fanOut(
  event: StoredEvent,
  subscribers: readonly string[],
  replay: number,
  deps: ProcessorDeps,
): Promise<Result> {
  const takers = subscribers.flatMap((name) => {
    const full = subscriberName(event.source, name);
    const source = named(deps.sources, full);
    return source === undefined || source.ending !== undefined ? [] : [{ name, full, source }];
  });
  const messages = await Promise.all(
    takers.map(({ full, source }) => handOn(event, full, source, replay, deps)),
  );
  const toSend = messages.flatMap((message) => message ?? []);
  for (const batch of inBatches(toSend)) await deps.sendAll(batch);
  return { subscribers: takers.map(({ name }) => name) };
}

/** The message that its subscriber needs. Undefined: none. */
async function handOn(
  event: StoredEvent,
  full: string,
  source: Source,
  replay: number,
  deps: ProcessorDeps,
): Promise<MessageToSend | undefined> {
  const handedOn = { ...(await handedOnEvent(event, full, source, deps)), nonce: nonceOf(replay) };
  const { lane } = handedOn;
  const key = eventKey(full, event.eventId);
  const first = { event: key, generation: 0, lane, purpose: 'first' } as const;
  try {
    const outcome = await deps.ledger.accept(handedOn);
    // Stored now or by an earlier try, which may have ended before it sent the message; a copy of that does nothing.
    if (outcome.kind === 'accepted' || outcome.newest === undefined) return first;
    return replay === 0 ? undefined : await again(key, source, replay, deps);
  } catch (error) {
    // It is on the attention list, and keeps the others from nothing.
    if (!(error instanceof UnreadableItem)) throw error;
    await deps.lanes.askForHelp(error.about);
    return undefined;
  }
}

/** What an event is for one of its subscribers. */
async function handedOnEvent(
  event: StoredEvent,
  full: string,
  source: Source,
  deps: ProcessorDeps,
): Promise<Omit<StoredEvent, 'nonce'>> {
  const { eventId, type, expiresAt, bodySha256, bodyBytes, correlationId, traceParent, sender } = event;
  return {
    source: full,
    eventId,
    type,
    lane: `${full}#${parseEventKey(event.lane)?.eventId ?? eventId}`,
    bodyOf: eventKey(event.source, eventId),
    bodySha256,
    bodyBytes,
    headers: {},
    acceptedAt: deps.now(),
    expiresAt,
    correlationId,
    traceParent,
    sender,
    ...(source.order && (await orderOf(event, source, deps))),
  };
}

/** As its own order asks for. What cannot be read of it leaves the event unordered: it was accepted, and is not refused for it. */
async function orderOf(
  event: StoredEvent,
  source: Source,
  { ledger }: ProcessorDeps,
): Promise<Pick<StoredEvent, 'order' | 'lacks'>> {
  const raw = await ledger.readBody(event);
  const read = raw && (await handlerEvent(event, raw, source));
  if (read?.kind !== 'event') return { lacks: ['order'] };
  const ordered = readOrder(source, read.event);
  if ('kind' in ordered) return { lacks: [ordered.option] };
  const { order, lacksVersion } = ordered;
  return { order, lacks: lacksVersion ? ['version'] : undefined };
}

/** Of what is written for the so-and-so many-th replay, 0 being the event itself: tells it again whoever tries a second time. */
const nonceOf = (replay: number): string => `replay-${replay}`;

const mostMeetings = 5;

/** Its source's event is replayed for the so-and-so many-th time: what is at rest of it runs again, once. */
async function again(
  key: EventKey,
  source: Source,
  replay: number,
  deps: ProcessorDeps,
): Promise<MessageToSend | undefined> {
  const nonce = nonceOf(replay);
  for (let meetings = 1; meetings <= mostMeetings; meetings++) {
    const inLane = await readEventInLane(key, source, deps);
    const { newest, record } = inLane;
    if (newest?.state === 'reopened' && newest.nonce === nonce) return messageOf(inLane, newest);
    const by = howToRunAgain(newest?.state ?? 'pending');
    const isReplayed = record.entries.some((entry) => entry.nonce === nonce);
    if (by === undefined || isReplayed) return undefined;
    const reason = 'its event was replayed';
    const message = await reopen(inLane, { by, actor: deps.worker, reason, nonce }, deps);
    if (message) return message;
  }
  throw new Error('the event of a subscriber changed its state again and again');
}

/** What has not ended yet is about to run anyway. */
function howToRunAgain(state: EventState): 'replay' | 'redrive' | undefined {
  if (operatorMay.replay(state)) return 'replay';
  return needsRepair(state) ? 'redrive' : undefined;
}
