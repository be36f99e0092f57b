import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readHeaders } from '../answer.ts';
import type { Found } from '../entry.ts';
import type { Change, Committed, Completion, Held, Seen, Store, Work } from '../store.ts';
import { CommitRefused } from '../within.ts';
import {
  cancellationCodes,
  errorName,
  fieldsOf,
  send,
  sendToTable,
  type DynamoDbClient,
  type Fields,
} from './dynamodb-client.ts';
import { readState } from './row.ts';

export interface DynamoDb {
  /** Items of `TransactWrite` (`Put`, `Update`, `Delete`, `ConditionCheck`) that commit with the completion; at most 97. */
  transact(items: readonly object[]): void;
}

export interface DynamoDbOptions {
  /** A table with the partition key `pk` (S), no sort key, TTL on `ttl`. */
  readonly table: string;
  /** An index with partition key `open` (S) and sort key `updatedAt` (N), all attributes. Without it `list` scans the table. */
  readonly index?: string;
  /**
   * DynamoDB has no clock: leases go by the clocks of the processes, and are believed for this much longer. Default 2,000 ms. A greater
   * difference lets two attempts run at once; only one of them can commit.
   */
  readonly clockToleranceMs?: number;
}

/** DynamoDB by a document client. The handler hands its writes to `db.transact`; they are one transaction with the completion. */
export function dynamodb(client: DynamoDbClient, options: DynamoDbOptions): Store<DynamoDb> {
  const TableName = options.table;
  const toleranceMs = options.clockToleranceMs ?? 2_000;
  const entryOf = (key: string) => ({ pk: `ENTRY#${key}` });
  const laneOf = (lane: string) => ({ pk: `LANE#${lane}` });
  const versionPk = (entity: string) => ({ pk: `VERSION#${entity}` });
  const read = (item: Fields): Found => readItem(item, Date.now() - toleranceMs);

  async function find(key: string): Promise<Found | undefined> {
    const { Item } = await send(client, 'GetCommand', { TableName, Key: entryOf(key), ConsistentRead: true });
    return Item === undefined ? undefined : read(fieldsOf(Item));
  }

  function replacing(seen: Seen, to: Change): Fields {
    const now = Date.now();
    const { answer } = to;
    const set: Record<string, unknown> = {
      state: to.state,
      leaseUntil: to.leaseMs === undefined ? 0 : now + to.leaseMs,
      updatedAt: now,
      owner: to.owner,
      attempt: to.attempt,
      onCrash: to.onCrash,
      detail: to.detail,
      status: answer?.status,
      headers: answer && JSON.stringify(answer.headers),
      body: answer && new Uint8Array(answer.body),
      open: to.state === 'complete' ? undefined : to.state,
      expiresAt: to.retentionMs === undefined ? undefined : now + to.retentionMs,
      ttl: to.retentionMs === undefined ? undefined : Math.ceil((now + to.retentionMs) / 1000),
    };
    const kept = Object.entries(set).filter(([, value]) => value !== undefined);
    // An answer, an expiry and the place in the index go unless they are given; the other fields stay.
    const gone = ['status', 'headers', 'body', 'open', 'expiresAt', 'ttl'].filter(
      (name) => set[name] === undefined,
    );
    const names = Object.fromEntries(
      [...kept.map(([name]) => name), ...gone].map((name) => [`#${name}`, name]),
    );
    // The entry is as it was seen: compare-and-set and fence in one.
    const asSeen = ['#state = :seenState', '#owner = :seenOwner', '#attempt = :seenAttempt'];
    if (seen.leaseUntil !== undefined) asSeen.push('#leaseUntil = :seenLease');
    return {
      TableName,
      Key: entryOf(seen.key),
      UpdateExpression: `SET ${kept.map(([name]) => `#${name} = :${name}`).join(', ')}${gone.length > 0 ? ` REMOVE ${gone.map((name) => `#${name}`).join(', ')}` : ''}`,
      ConditionExpression: asSeen.join(' AND '),
      ExpressionAttributeNames: { ...names, '#owner': 'owner', '#attempt': 'attempt' },
      ExpressionAttributeValues: {
        ...Object.fromEntries(kept.map(([name, value]) => [`:${name}`, value])),
        ':seenState': seen.state,
        ':seenOwner': seen.owner,
        ':seenAttempt': seen.attempt,
        ...(seen.leaseUntil !== undefined && { ':seenLease': seen.leaseUntil }),
      },
    };
  }

  const conditional = async (
    name: 'PutCommand' | 'UpdateCommand' | 'DeleteCommand',
    input: Fields,
  ): Promise<boolean> => {
    try {
      await send(client, name, input);
      return true;
    } catch (error) {
      if (errorName(error) === 'ConditionalCheckFailedException') return false;
      throw error;
    }
  };
  const replace = (seen: Seen, to: Change) => conditional('UpdateCommand', replacing(seen, to));

  /** Writes all or nothing. `undefined`: done; else the item that refused. */
  async function transact(items: readonly object[], token: string): Promise<number | undefined> {
    for (let tries = 0; ; tries++) {
      try {
        await send(client, 'TransactWriteCommand', { TransactItems: items, ClientRequestToken: token });
        return undefined;
      } catch (error) {
        if (errorName(error) !== 'TransactionCanceledException') throw error;
        const codes = cancellationCodes(error);
        const refused = codes.indexOf('ConditionalCheckFailed');
        if (refused >= 0) return refused;
        const isTransient = codes.some(
          (code) =>
            code === 'TransactionConflict' || code.includes('Throttling') || code.includes('Throughput'),
        );
        if (!isTransient || tries === 9) throw new CommitRefused(String(error), { cause: error });
        await sleep(10 + Math.random() * 20 * (tries + 1));
      }
    }
  }

  function begin(held: Held): Work<DynamoDb> {
    const staged: object[] = [];
    const token = randomUUID();
    let isOver = false;

    async function commit({ answer, retentionMs, version }: Completion): Promise<Committed> {
      isOver = true;
      const seen = { ...held, state: 'processing' } as const;
      const to: Change = { state: 'complete', answer, retentionMs };
      if (staged.length === 0 && held.lane === undefined && version === undefined) {
        return (await replace(seen, to)) ? 'committed' : 'fenced';
      }
      const own: { readonly item: object; readonly refusal: Committed }[] = [
        { item: { Update: replacing(seen, to) }, refusal: 'fenced' },
      ];
      if (held.lane !== undefined) {
        own.push({
          item: { Delete: { TableName, Key: laneOf(held.lane), ...ownedBy(held.owner) } },
          refusal: 'fenced',
        });
      }
      if (version !== undefined) {
        const newest = {
          TableName,
          Key: versionPk(version.entity),
          UpdateExpression: 'SET #version = :version',
          ConditionExpression: 'attribute_not_exists(pk) OR #version <= :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': version.version },
        };
        own.push({ item: { Update: newest }, refusal: 'stale' });
      }
      const refused = await transact([...own.map(({ item }) => item), ...staged], token);
      if (refused === undefined) return 'committed';
      const refusal = own[refused]?.refusal;
      if (refusal === undefined)
        throw new CommitRefused(`a condition of the handler's item ${refused - own.length} failed`);
      return refusal;
    }

    return {
      db: {
        transact(items) {
          if (isOver) throw new Error('the transaction is over');
          staged.push(...items);
        },
      },
      commit,
      rollback: async () => {
        isOver = true;
      },
    };
  }

  return {
    name: 'dynamodb',
    transactional: true,
    async insert({ key, owner, digest, onCrash, leaseMs }) {
      const now = Date.now();
      const Item = {
        ...entryOf(key),
        key,
        state: 'processing',
        open: 'processing',
        owner,
        attempt: 1,
        ...(digest !== undefined && { digest }),
        onCrash,
        leaseUntil: now + leaseMs,
        createdAt: now,
        updatedAt: now,
      };
      for (let tries = 0; tries < 10; tries++) {
        if (
          await conditional('PutCommand', {
            TableName,
            Item,
            ConditionExpression: 'attribute_not_exists(pk)',
          })
        ) {
          return undefined;
        }
        const found = await find(key);
        if (found !== undefined) return found;
      }
      throw new Error(`the entry of ${key} comes and goes`);
    },
    find,
    replace,
    async renew({ key, owner, attempt, lane }, leaseMs) {
      const prolong = (Key: object, ConditionExpression: string, more: Fields) => ({
        TableName,
        Key,
        UpdateExpression: 'SET leaseUntil = :until',
        ConditionExpression,
        ExpressionAttributeNames: { '#owner': 'owner', ...('state' in more && { '#state': 'state' }) },
        ExpressionAttributeValues: {
          ':until': Date.now() + leaseMs,
          ':owner': owner,
          ...('state' in more && { ':state': 'processing', ':attempt': attempt }),
        },
      });
      const entry = prolong(entryOf(key), '#owner = :owner AND attempt = :attempt AND #state = :state', {
        state: true,
      });
      if (lane === undefined) return conditional('UpdateCommand', entry);
      const both = [{ Update: entry }, { Update: prolong(laneOf(lane), '#owner = :owner', {}) }];
      return (await transact(both, randomUUID())) === undefined;
    },
    begin,
    takeLane: (lane, owner, leaseMs) =>
      conditional('PutCommand', {
        TableName,
        Item: { ...laneOf(lane), owner, leaseUntil: Date.now() + leaseMs },
        ConditionExpression: 'attribute_not_exists(pk) OR #owner = :owner OR leaseUntil <= :over',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner, ':over': Date.now() - toleranceMs },
      }),
    async releaseLane(lane, owner) {
      await conditional('DeleteCommand', { TableName, Key: laneOf(lane), ...ownedBy(owner) });
    },
    async versionOf(entity) {
      const { Item } = await send(client, 'GetCommand', {
        TableName,
        Key: versionPk(entity),
        ConsistentRead: true,
      });
      const { version } = fieldsOf(Item);
      return typeof version === 'string' ? version : undefined;
    },
    async list({ state, lapsed, limit }) {
      const found: Found[] = [];
      const IndexName = state === 'complete' ? undefined : options.index;
      let from: unknown;
      do {
        const page = await send(client, IndexName === undefined ? 'ScanCommand' : 'QueryCommand', {
          TableName,
          ...(IndexName === undefined
            ? {
                FilterExpression: '#state = :state',
                ExpressionAttributeNames: { '#state': 'state' },
                ConsistentRead: true,
              }
            : {
                IndexName,
                KeyConditionExpression: '#open = :state',
                ExpressionAttributeNames: { '#open': 'open' },
              }),
          ExpressionAttributeValues: { ':state': state },
          ...(from !== undefined && { ExclusiveStartKey: from }),
        });
        const items: unknown[] = Array.isArray(page['Items']) ? page['Items'] : [];
        found.push(
          ...items.map((item) => read(fieldsOf(item))).filter((e) => lapsed !== true || e.leaseLeftMs <= 0),
        );
        from = page['LastEvaluatedKey'];
        // The index is in order, so the first ones are enough; a scan has to see everything.
      } while (from !== undefined && (IndexName === undefined || found.length < limit));
      return found.sort((a, b) => a.updatedAt - b.updatedAt).slice(0, limit);
    },
    async sweep(limit) {
      // DynamoDB expires items by itself, some time after their hour; this is for who cannot wait.
      let deleted = 0;
      for (const { key, expiresAt, state } of await this.list({ state: 'complete', limit: 10_000 })) {
        if (deleted === limit || expiresAt === undefined || expiresAt > Date.now()) continue;
        const isOver = {
          ConditionExpression: '#state = :state AND expiresAt <= :now',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':state': state, ':now': Date.now() },
        };
        if (await conditional('DeleteCommand', { TableName, Key: entryOf(key), ...isOver })) deleted += 1;
      }
      return deleted;
    },
    async migrate() {
      const index = options.index;
      try {
        await sendToTable(client, 'CreateTableCommand', {
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            ...(index === undefined
              ? []
              : [
                  { AttributeName: 'open', AttributeType: 'S' },
                  { AttributeName: 'updatedAt', AttributeType: 'N' },
                ]),
          ],
          ...(index !== undefined && {
            GlobalSecondaryIndexes: [
              {
                IndexName: index,
                KeySchema: [
                  { AttributeName: 'open', KeyType: 'HASH' },
                  { AttributeName: 'updatedAt', KeyType: 'RANGE' },
                ],
                Projection: { ProjectionType: 'ALL' },
              },
            ],
          }),
        });
      } catch (error) {
        if (errorName(error) !== 'ResourceInUseException') throw error;
        return;
      }
      for (let tries = 0; tries < 120; tries++) {
        const { Table } = await sendToTable(client, 'DescribeTableCommand', { TableName });
        if (fieldsOf(Table)['TableStatus'] === 'ACTIVE') break;
        await sleep(500);
      }
      const TimeToLiveSpecification = { Enabled: true, AttributeName: 'ttl' };
      await sendToTable(client, 'UpdateTimeToLiveCommand', { TableName, TimeToLiveSpecification });
    },
    // The client is the caller's.
    close: () => Promise.resolve(),
  };
}

const ownedBy = (owner: string) => ({
  ConditionExpression: '#owner = :owner',
  ExpressionAttributeNames: { '#owner': 'owner' },
  ExpressionAttributeValues: { ':owner': owner },
});

function readItem(item: Fields, now: number): Found {
  const text = (name: string) => (typeof item[name] === 'string' ? item[name] : undefined);
  const number = (name: string) => Number(item[name] ?? 0);
  const body = item['body'];
  return {
    key: text('key') ?? '',
    state: readState(item['state']),
    owner: text('owner') ?? '',
    attempt: number('attempt'),
    digest: text('digest'),
    onCrash: item['onCrash'] === 'quarantine' ? 'quarantine' : 'retry',
    leaseUntil: number('leaseUntil'),
    answer:
      item['status'] === undefined
        ? undefined
        : {
            status: number('status'),
            headers: readHeaders(text('headers')),
            body: body instanceof Uint8Array ? body : new Uint8Array(),
          },
    detail: text('detail'),
    createdAt: number('createdAt'),
    updatedAt: number('updatedAt'),
    expiresAt: item['expiresAt'] === undefined ? undefined : number('expiresAt'),
    leaseLeftMs: number('leaseUntil') - now,
  };
}
