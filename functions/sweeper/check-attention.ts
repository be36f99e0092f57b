import {
  attentionKey,
  attentionSchema,
  clearAttention,
  mendedWithinSeconds,
  notConfiguredReason,
  raiseAttention,
  unreadableReason,
  whileUnreadable,
  type Attention,
} from '../lane/attention.ts';
import { after } from '../lane/due.ts';
import { groupOf } from '../lane/lane-store.ts';
import { needsRepair } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import { laneOf, type EventRecord } from '../ledger/ledger.ts';
import { readable } from '../ledger/unreadable.ts';
import type { SweepRun } from './deps.ts';
import { checkLane } from './check-lane.ts';

/** Longer than the queue drops what it takes for the same letter. */
const letterAgainSeconds = 600;

/**
 * An attention item is due: the dead letter that it promises has not been met, or what could not be read is tried again.
 * @throws {UnreadableItem} where it still cannot be read, or is unreadable itself.
 */
export async function checkAttention(item: Record<string, unknown>, deps: SweepRun): Promise<void> {
  const attention = readable(attentionSchema, item);
  const { key, entry } = attention;
  if (attention.reason === notConfiguredReason) {
    await checkConfigured(attention, deps);
    return;
  }
  const record = await deps.ledger.read(key);
  if (attention.reason === unreadableReason) {
    await becameReadable(attention, record, deps);
    return;
  }
  const newest = record.entries.at(-1);
  const isPromised =
    newest?.number === entry && needsRepair(newest.state) && !record.lettersOf.includes(entry);
  if (isPromised) await deps.sendLetter({ event: key, entry, lane: laneOf(record) ?? key });
  await checkAgain(attention, isPromised ? after(deps.now(), letterAgainSeconds) : undefined, deps);
}

/** Longer than the dead-letter queue keeps the messages of a source that is not configured. */
const forgottenSeconds = 15 * 24 * 3600;

/** A source that is configured again needs nobody: what is left of it is sent as anything else is. Nor does one of which nothing is met any more. */
async function checkConfigured(attention: Attention, deps: SweepRun): Promise<void> {
  const now = deps.now();
  const isBack = Object.hasOwn(deps.sources, attention.source);
  if (isBack || after(attention.at, forgottenSeconds) <= now) {
    await deps.lanes.commit([clearAttention(deps.stateTable, attention.key)]);
  } else await checkAgain(attention, after(now, mendedWithinSeconds), deps);
}

async function becameReadable({ key }: Attention, record: EventRecord, deps: SweepRun): Promise<void> {
  const { stateTable } = deps;
  const lane = await laneAbout(key, record, deps);
  const { event } = record;
  // Other events of its lane were not checked because of it, and their minutes are over.
  if (event) await checkLane(lane, deps, { watch: [{ pk: key, since: event.acceptedAt }] });
  const newest = record.entries.at(-1);
  if (newest && needsRepair(newest.state)) {
    const reason = newest.state === 'failed' ? newest.cause : newest.state;
    const source = event?.source ?? '';
    const { number: entry, at } = newest;
    await deps.lanes.commit([
      whileUnreadable(
        raiseAttention(stateTable, { key, source, lane, reason, at, entry, dueAt: deps.now() }),
      ),
    ]);
    return;
  }
  await deps.lanes.commit([whileUnreadable(clearAttention(stateTable, key))]);
  // It may have been a WAIT item: one that still cannot be read is put on the list again.
  for await (const waiting of deps.lanes.waiting(lane)) if (waiting.key === key) break;
}

/** Name of the lane of an event; or of the lane itself, where it is that which the list names. */
async function laneAbout(key: EventKey, record: EventRecord, { lanes }: SweepRun): Promise<string> {
  const group = groupOf(key);
  if (group !== undefined) return (await lanes.readGroup(group))?.lane ?? key;
  const lane = laneOf(record) ?? key;
  await lanes.read(lane);
  return lane;
}

/** Only where it still says the same: somebody may have repaired the event, which may have failed again. */
async function checkAgain({ key, entry }: Attention, dueAt: Date | undefined, deps: SweepRun): Promise<void> {
  const { UpdateExpression, names, values } =
    dueAt === undefined
      ? { UpdateExpression: 'REMOVE #due, dueAt', names: { '#due': 'due' }, values: {} }
      : { UpdateExpression: 'SET dueAt = :dueAt', names: {}, values: { ':dueAt': dueAt.toISOString() } };
  const Update = {
    TableName: deps.stateTable,
    Key: attentionKey(key),
    UpdateExpression,
    ConditionExpression: '#entry = :entry AND attribute_exists(dueAt)',
    ExpressionAttributeNames: { ...names, '#entry': 'entry' },
    ExpressionAttributeValues: { ...values, ':entry': entry },
  };
  await deps.lanes.commit([{ Update }]);
}
