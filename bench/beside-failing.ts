import { setTimeout as sleep } from 'node:timers/promises';
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isAtRest, parseEntry } from '../functions/ledger/entry.ts';
import { entriesOnly, eventKey } from '../functions/ledger/keys.ts';
import { underLoad } from './load.ts';

/** Seconds until the last good event was processed, counted from the first send. */
export interface Besides {
  readonly besideGood: readonly number[];
  readonly besideFailing: readonly number[];
}

/**
 * Good events of one source beside as many of another: of one whose handler succeeds, and of one whose handler fails for good. In turns,
 * because a machine is not equally fast from one moment to the next.
 */
export async function besideFailing(options: {
  readonly rounds: number;
  /** Good events of a round; there are as many others. */
  readonly events: number;
  readonly senders: number;
  readonly post: (source: string, id: string, lane: number) => Promise<boolean>;
  /** Resolves when nothing is left to do. */
  readonly drained: () => Promise<void>;
  readonly dynamodb: DynamoDBDocumentClient;
}): Promise<Besides> {
  const { rounds, events, senders, post, drained, dynamodb } = options;

  async function round(number: number, others: 'other' | 'failing'): Promise<number> {
    const id = (n: number) => `round-${number}-${others}-${n}`;
    const startedAt = Date.now();
    await underLoad(2 * events, senders, async (n) => {
      const source = n % 2 === 0 ? 'bench' : others;
      // As many lanes as events of the other source: what fails must not wait for what failed.
      const lane = n % 2 === 0 ? (n / 2) % 100 : n;
      while (!(await post(source, id(n), lane))) await sleep(50);
    });
    await drained();
    const good = Array.from({ length: events }, (_, n) => eventKey('bench', id(2 * n)));
    return (Math.max(...(await restedAt(good, senders, dynamodb))) - startedAt) / 1000;
  }

  const seconds: { besideGood: number[]; besideFailing: number[] } = { besideGood: [], besideFailing: [] };
  for (let number = 0; number < rounds; number++) {
    seconds.besideGood.push(await round(number, 'other'));
    seconds.besideFailing.push(await round(number, 'failing'));
  }
  return seconds;
}

const Newest = z.object({ Items: z.tuple([z.record(z.string(), z.unknown())]) });

/** When each of the events came to rest, in ms. Read afterwards, so that looking costs nothing meanwhile. */
async function restedAt(
  keys: readonly string[],
  readers: number,
  dynamodb: DynamoDBDocumentClient,
): Promise<number[]> {
  const at: number[] = [];
  await underLoad(keys.length, readers, async (n) => {
    const answer = await dynamodb.send(
      new QueryCommand({
        TableName: 'hooklane-ledger',
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':pk': keys[n], ':from': entriesOnly.from, ':to': entriesOnly.to },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      }),
    );
    const [item] = Newest.parse(answer).Items;
    const entry = parseEntry(item);
    if (!isAtRest(entry.state)) throw new Error(`${keys[n] ?? ''} is ${entry.state} and not at rest`);
    at.push(entry.at.getTime());
  });
  return at;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
