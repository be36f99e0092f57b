import { PutCommand, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import type { TransactItem } from '../api/handler.ts';
import { following, parseEntry, type Entry, type NewEntry } from './entry.ts';
import { entrySortKey, type EventKey } from './keys.ts';
import { putOnce } from './put-once.ts';
import { refuseUnlessAllowed } from './transitions.ts';
import { cancellations, conditionFailure, type Cancellation } from './write-failure.ts';

export interface AppendDeps {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly ledgerTable: string;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Items that commit with the entry or not at all. */
export interface Alongside {
  /** Changes of the lane. If a condition of them fails, or meets a conflict, read the lane again. */
  readonly lane?: readonly TransactItem[];
  /** The handler's items. If a condition of them fails, the handler has failed. */
  readonly effects?: readonly TransactItem[];
  /** Bookkeeping without conditions: attention items and promises. */
  readonly upkeep?: readonly TransactItem[];
}

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly entry: Entry }
  /** Another worker or operator appended this number first. */
  | { readonly kind: 'fenced'; readonly by: Entry | undefined }
  | { readonly kind: 'lane-moved' }
  | { readonly kind: 'effects-refused'; readonly reason: string };

/** Tries of a transaction after a conflict or a throttle, with growing pauses (about 1.5 s in all). */
const conflictPausesMs = [20, 50, 120, 300, 1000];

/**
 * Appends an entry under the number that follows the newest one. Wins only if nobody appended this number before: compare-and-set, fence
 * and audit in one write. If the answer to an own write was lost, that write is recognised by its nonce. Throws if the table cannot be
 * reached, and if the event's state does not allow the new one.
 */
export async function append(
  key: EventKey,
  newest: Entry | undefined,
  decided: NewEntry,
  alongside: Alongside,
  deps: AppendDeps,
): Promise<AppendOutcome> {
  refuseUnlessAllowed(newest?.state ?? 'pending', decided.state);
  const entry: Entry = {
    ...following(newest),
    ...decided,
    at: deps.now(),
    nonce: decided.nonce ?? deps.newId(),
  };
  const put = putOnce(deps.ledgerTable, toEntryItem(key, entry));
  const { lane = [], effects = [], upkeep = [] } = alongside;
  const items = [...lane, ...effects, ...upkeep];
  // A transaction of one item costs twice as much as a plain write.
  const transaction =
    items.length > 0 &&
    new TransactWriteCommand({
      // Not the nonce: an entry that is decided anew, because its lane has moved, is another transaction.
      ClientRequestToken: deps.newId(),
      TransactItems: [{ Put: put }, ...items],
    });
  for (let tries = 0; ; tries++) {
    try {
      await (transaction ? deps.dynamodb.send(transaction) : deps.dynamodb.send(new PutCommand(put)));
      return { kind: 'appended', entry };
    } catch (error) {
      const failure = conditionFailure(error);
      if (failure) return takenBy(failure.item, entry);
      const reasons = cancellations(error);
      if (effects.length > 0 && isRefused(error)) {
        const reason = `${error.message} (ctx.transact: ${effects.map(nameOf).join(', ')})`;
        return { kind: 'effects-refused', reason };
      }
      if (!reasons && !(error instanceof TransactionInProgressException)) throw error;
      const outcome = reasons && readCancellation(reasons, entry, lane.length, effects);
      if (outcome) return outcome;
      const pauseMs = conflictPausesMs[tries];
      if (pauseMs === undefined) throw error;
      await deps.sleep(pauseMs);
    }
  }
}

/** DynamoDB refused the whole transaction before it evaluated conditions: if it has effects, the handler's items are the cause. */
function isRefused(error: unknown): error is Error {
  const names = ['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException'];
  return error instanceof Error && names.includes(error.name);
}

/** Reads the cancellation reasons in the order entry, lane, effects; undefined: a conflict or throttle, try again. */
function readCancellation(
  reasons: readonly Cancellation[],
  entry: Entry,
  laneItems: number,
  effects: readonly TransactItem[],
): AppendOutcome | undefined {
  const [own, ...rest] = reasons;
  if (own?.code === 'condition') return takenBy(own.item, entry);
  const lane = rest.slice(0, laneItems);
  if (lane.some(({ code }) => code === 'condition' || code === 'conflict')) return { kind: 'lane-moved' };
  for (const [index, effect] of effects.entries()) {
    const code = rest[laneItems + index]?.code;
    if (code !== 'condition' && code !== 'invalid') continue;
    const how = code === 'condition' ? 'its condition failed' : 'DynamoDB calls it invalid';
    return { kind: 'effects-refused', reason: `item ${index} of ctx.transact, ${nameOf(effect)}: ${how}` };
  }
  return undefined;
}

/** DynamoDB's errors do not say which table they are about: `Update of orders`. */
const nameOf = (item: TransactItem): string =>
  Object.entries(item)
    .map(([action, of]) => `${action} of ${of?.TableName ?? 'no table'}`)
    .join();

function takenBy(item: Record<string, unknown> | undefined, entry: Entry): AppendOutcome {
  const by = item && parseEntry(item);
  return by?.nonce === entry.nonce ? { kind: 'appended', entry } : { kind: 'fenced', by };
}

function toEntryItem(key: EventKey, entry: Entry): Record<string, unknown> {
  const fields = Object.entries(entry).map(([name, value]: [string, unknown]): [string, unknown] => {
    if (name === 'result') return [name, JSON.stringify(value)];
    return [name, value instanceof Date ? value.toISOString() : value];
  });
  return { pk: key, sk: entrySortKey(entry.number), ...Object.fromEntries(fields) };
}
