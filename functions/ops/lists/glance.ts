import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { entrySortKey, eventSortKey, type EventKey } from '../../ledger/keys.ts';
import type { OperationsDeps } from '../deps.ts';
import type { EventSummary } from '../event-summary.ts';
import type { Budget } from './budget.ts';
import { atATime, sideBySide } from './side-by-side.ts';

const keysOfARequest = 100;
const [second, third] = [entrySortKey(2), entrySortKey(3)];

interface Wanted {
  readonly type?: string | undefined;
  readonly state?: EventSummary['state'] | undefined;
}

/** States that nearly every event has of which it is asked: a glance would leave out hardly any. */
const usual: readonly Wanted['state'][] = [undefined, 'processed', 'failed', 'quarantined'];

/** Items that tell of most events whether they fit. */
const sortKeysFor = ({ type, state }: Wanted): readonly string[] => [
  ...(type === undefined ? [] : [eventSortKey]),
  ...(usual.includes(state) ? [] : [second, third]),
];

/**
 * Leaves out events that do not fit the type or the state, by a glance at few of their items, a hundred in one request. The others are to be read.
 * Entries are numbered without a gap: a second one without a third is the newest.
 */
export async function leaveOut(
  keys: readonly EventKey[],
  filter: Wanted,
  { dynamodb, ledgerTable }: Pick<OperationsDeps, 'dynamodb' | 'ledgerTable'>,
  budget: Budget,
): Promise<readonly EventKey[]> {
  const sortKeys = sortKeysFor(filter);
  const items = new Map<string, Record<string, unknown>>();
  const wanted = keys.flatMap((pk) => sortKeys.map((sk) => ({ pk, sk })));
  const requests = Array.from({ length: Math.ceil(wanted.length / keysOfARequest) }, (_, n) =>
    wanted.slice(n * keysOfARequest, (n + 1) * keysOfARequest),
  );
  await sideBySide(requests, atATime, async (Keys) => {
    budget.spend(Keys.length / 10);
    const { Responses = {} } = await dynamodb.send(
      new BatchGetCommand({
        RequestItems: {
          [ledgerTable]: {
            Keys,
            ProjectionExpression: 'pk, sk, #type, #state',
            ExpressionAttributeNames: { '#type': 'type', '#state': 'state' },
          },
        },
      }),
    );
    for (const item of Responses[ledgerTable] ?? []) items.set(nameOf(item), item);
  });
  const itemOf = (pk: EventKey, sk: string) => items.get(nameOf({ pk, sk }));

  return keys.filter((key) => {
    const type = itemOf(key, eventSortKey)?.['type'];
    const newest = itemOf(key, third) === undefined ? itemOf(key, second)?.['state'] : undefined;
    return (type ?? filter.type) === filter.type && (newest ?? filter.state) === filter.state;
  });
}

/** No key holds a line break that would make two of these the same: a sort key has none. */
const nameOf = ({ pk, sk }: Readonly<Record<string, unknown>>): string => `${String(sk)}\n${String(pk)}`;
