import {
  inBatches,
  mostInBatch,
  type MessageToSend,
  type SendLaneMessages,
} from '../lane/send-lane-message.ts';
import { shardOf } from '../ledger/keys.ts';
import type { IncomingEvent } from '../sources/incoming-event.ts';
import type { Source } from '../sources/source.ts';
import type { TakenEvent } from './outcome.ts';
import { sideBySide } from './side-by-side.ts';
import {
  laneMovedBy,
  noteCopy,
  settle,
  store,
  type Settled,
  type Stored,
  type StoreDeps,
} from './take-event.ts';
import { reaching, Unreachable } from './unreachable.ts';

export interface TakeEventsDeps extends StoreDeps {
  readonly sendAll: SendLaneMessages;
}

/** Requests of one body that are under way at the same time. The SDK opens 50 connections to a service. */
const atOnce = 32;

/** A try that takes longer ends itself, with an answer: Lambda ends it without one after 10 s. */
const patienceMs = 8000;

/**
 * Takes the events of one body in four steps: all are stored; what becomes of copies is settled; the messages are sent, those of a lane
 * in the order of the body; copies are noted. The first failure is thrown: the sender comes again, and finds done what was stored, and
 * what has begun since. A crash in between leaves pending events for that retry or the sweeper.
 */
export async function takeEvents(
  events: readonly IncomingEvent[],
  source: Source,
  correlationId: string,
  deps: TakeEventsDeps,
): Promise<readonly TakenEvent[]> {
  const until = deps.now().getTime() + patienceMs;
  async function step<In>(lines: Iterable<readonly In[]>, work: (input: In) => Promise<void>) {
    await sideBySide([...lines], atOnce, async (input) => {
      if (deps.now().getTime() > until) throw new Unreachable('ledger', 'no time is left for so many events');
      await work(input);
    });
  }

  const stored = new Map<IncomingEvent, Stored>();
  for (const part of copiesLast(events)) {
    await step(oneByOne(part), async (event) => {
      stored.set(event, await store(event, source, correlationId, deps));
    });
  }

  const settled = new Map<IncomingEvent, Settled>();
  // Events of one lane that are put back all change it: side by side they would refuse each other.
  const lines = Map.groupBy(stored, ([event, one]) => laneMovedBy(one, source, deps.now()) ?? event);
  await step(lines.values(), async ([event, one]) => {
    settled.set(event, await settle(event, one, source, deps));
  });

  const messages = events.flatMap((event) => settled.get(event)?.message ?? []);
  await step(inStreams(messages), (batch) => reaching('queue', deps.sendAll(batch)));

  await step(oneByOne([...stored]), async ([event, one]) => {
    const its = settled.get(event);
    if (its) await noteCopy(event, one, its, correlationId, deps);
  });
  return events.flatMap((event) => settled.get(event)?.outcome ?? []);
}

const oneByOne = <T>(inputs: readonly T[]): readonly (readonly T[])[] => inputs.map((input) => [input]);

/** Of copies within a body the first one stands: the others are stored when it is. */
function copiesLast(events: readonly IncomingEvent[]): readonly (readonly IncomingEvent[])[] {
  const copies = [...Map.groupBy(events, ({ eventId }) => eventId).values()].flatMap(([, ...later]) => later);
  const isCopy = new Set(copies);
  return [events.filter((event) => !isCopy.has(event)), copies];
}

/** Batches in streams that may be sent side by side, since all messages of a lane are in one; no more streams than batches to fill. */
function inStreams(messages: readonly MessageToSend[]): readonly (readonly (readonly MessageToSend[])[])[] {
  // Copies within a body ask for the same message.
  const each = [...new Map(messages.map((message) => [message.event, message])).values()];
  const most = Math.min(atOnce, Math.ceil(each.length / mostInBatch));
  return [...Map.groupBy(each, ({ lane }) => shardOf(lane, most)).values()].map(inBatches);
}
