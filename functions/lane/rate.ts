import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { conditionFailure } from '../ledger/write-failure.ts';
import { after, longestInQueueSeconds } from './due.ts';
import type { GateDeps } from './gates.ts';

/** How many events of a source may begin in a second, over all function instances. */
export interface Rate {
  readonly perSecond: number;
}

/** Its items are written with each event: not among the gates, which everybody reads. */
export const ratePartition = (name: string): string => `RATE#${name}`;
const lineKey = (name: string) => ({ pk: ratePartition(name), sk: 'LINE' });

/** Place of an event in the line of its source. */
export type Ticket =
  | { readonly kind: 'at'; readonly at: Date }
  /** The line is two minutes long. */
  | { readonly kind: 'full' };

/** Two instances may move the head of the line at once; after so many meetings the event takes its place a second later. */
const mostTries = 5;

/**
 * Takes the next place in the line: events begin in the order in which they came, so that no lane is served twice before another that came
 * earlier. One write while others stand in line; two where the line is empty, the first of which is refused.
 */
export async function takeTicket(
  name: string,
  { perSecond }: Rate,
  now: Date,
  deps: GateDeps,
): Promise<Ticket> {
  const gapMs = 1000 / perSecond;
  const update = (UpdateExpression: string, ConditionExpression: string, values: Record<string, number>) =>
    orRefused(deps, {
      TableName: deps.stateTable,
      Key: lineKey(name),
      UpdateExpression,
      ConditionExpression,
      ExpressionAttributeNames: { '#free': 'free' },
      ExpressionAttributeValues: values,
    });
  const nowMs = now.getTime();
  const endMs = after(now, longestInQueueSeconds).getTime();
  for (let tries = 0; tries < mostTries; tries++) {
    const behind = await update('ADD #free :gap', '#free BETWEEN :now AND :end', {
      ':gap': gapMs,
      ':now': nowMs,
      ':end': endMs,
    });
    if (behind.kind === 'written') return { kind: 'at', at: new Date(Number(behind.item?.['free']) - gapMs) };
    if (Number(behind.item?.['free'] ?? 0) > endMs) return { kind: 'full' };
    const first = await update('SET #free = :next', 'attribute_not_exists(#free) OR #free < :now', {
      ':next': nowMs + gapMs,
      ':now': nowMs,
    });
    if (first.kind === 'written') return { kind: 'at', at: now };
  }
  return { kind: 'at', at: after(now, 1) };
}

/**
 * Takes one of the second's places. A ticket says when to ask for one; this is what holds the rate, whenever a message comes: a line that
 * was late is not run all at once.
 */
export async function takePlace(
  name: string,
  { perSecond }: Rate,
  now: Date,
  deps: GateDeps,
): Promise<boolean> {
  const second = Math.floor(now.getTime() / 1000);
  const taken = await orRefused(deps, {
    TableName: deps.stateTable,
    Key: { pk: ratePartition(name), sk: `SECOND#${second}` },
    UpdateExpression: 'ADD used :one SET expiresAt = :expiresAt',
    ConditionExpression: 'attribute_not_exists(used) OR used < :most',
    ExpressionAttributeValues: { ':one': 1, ':most': perSecond, ':expiresAt': second + 3600 },
  });
  return taken.kind === 'written';
}

/** How many places of the line are free. */
export async function freePlaces(
  name: string,
  { perSecond }: Rate,
  now: Date,
  deps: GateDeps,
): Promise<number> {
  const { Item } = await deps.dynamodb.send(
    new GetCommand({ TableName: deps.stateTable, Key: lineKey(name) }),
  );
  const free = Math.max(Number(Item?.['free'] ?? 0), now.getTime());
  return Math.max(0, Math.floor(((after(now, longestInQueueSeconds).getTime() - free) / 1000) * perSecond));
}

export interface Written {
  readonly kind: 'written' | 'refused';
  /** As it is after the write; where that was refused, as it was. */
  readonly item: Record<string, unknown> | undefined;
}

export async function orRefused({ dynamodb }: GateDeps, input: UpdateCommandInput): Promise<Written> {
  try {
    const { Attributes } = await dynamodb.send(
      new UpdateCommand({
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ...input,
      }),
    );
    return { kind: 'written', item: Attributes };
  } catch (error) {
    const failure = conditionFailure(error);
    if (!failure) throw error;
    return { kind: 'refused', item: failure.item };
  }
}
