import { readdir, readFile } from 'node:fs/promises';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventKey } from '../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../support/dynamodb.ts';
import { intercept, isWrite, type SentCommand } from '../support/intercept.ts';
import { ledgerContract } from './ledger-contract.ts';
import {
  acceptedAt,
  anEvent,
  appendAll,
  ledgerOn,
  processed,
  processing,
} from '../support/ledger-fixture.ts';

ledgerContract('DynamoDB', async () => {
  const database = await startTestDatabase();
  return {
    dynamodb: database.dynamodb,
    ledgerTable: await database.table('ledger'),
    stateTable: await database.table('state'),
    close: () => database.close(),
  };
});

describe('the ledger table', () => {
  let database: TestDatabase;
  let ledgerTable: string;
  let stateTable: string;
  beforeAll(async () => {
    database = await startTestDatabase();
    ledgerTable = await database.table('ledger');
    stateTable = await database.table('state');
  });
  afterAll(() => database.close());

  it('G7: is written by nothing but Puts of keys that are free', async () => {
    const writes: SentCommand[] = [];
    const recording = intercept(database.dynamodb, async (command, next) => {
      if (!command.name.startsWith('Query')) writes.push(command);
      return await next();
    });
    const { ledger } = ledgerOn(recording, ledgerTable);
    const event = anEvent();
    const key = eventKey('acme', event.eventId);
    const elsewhere = { Put: { TableName: stateTable, Item: { pk: 'a', sk: 'b' } } };

    await ledger.accept(event);
    await ledger.accept({ ...event, nonce: 'another' });
    const began = await appendAll({ ledger }, key, processing());
    await ledger.append(key, began, processed(), { lane: [elsewhere] });
    await ledger.note(key, { what: 'duplicate', actor: 'ingest' });
    await ledger.reject({
      source: 'acme',
      at: acceptedAt,
      requestId: 'r',
      cause: 'invalid-json',
      status: 400,
      bodyBytes: 1,
      ip: '203.0.113.7',
    });

    expect(writes.every(isWrite)).toBe(true);
    const puts = writes.flatMap(putsOf).filter(({ TableName }) => TableName === ledgerTable);
    expect(puts.map(({ ConditionExpression }) => ConditionExpression)).toEqual(
      Array(6).fill('attribute_not_exists(pk)'),
    );
  });

  it('G7: is written nowhere in the source but through the one form of Put', async () => {
    const folder = new URL('../../functions/', import.meta.url);
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
    const sources = await Promise.all(
      names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), 'utf8') })),
    );
    // What can write, and knows the ledger table's name.
    const write = /\b(?:Put|Update|Delete|BatchWrite)(?:Item)?Command\(|\b(?:Put|Update|Delete): |PutRequest/;
    const writers = sources.filter(({ text }) => write.test(text) && text.includes('ledgerTable'));

    expect(writers.map(({ name }) => name).sort()).toEqual(['ledger/append.ts', 'ledger/ledger.ts']);
    for (const { text } of writers) {
      expect(text).not.toMatch(
        /\b(?:Update|Delete|BatchWrite)(?:Item)?Command\(|\b(?:Update|Delete): |PutRequest/,
      );
      const puts = text.match(/\bPutCommand\([^;]*|\bPut: [^;]*/g) ?? [];
      const isPutOnce = (put: string) =>
        put.includes('putOnce(') || (/\bput\b/.test(put) && /const put = putOnce\(/.test(text));
      expect(puts.filter((put) => !isPutOnce(put))).toEqual([]);
      expect(puts.length).toBeGreaterThan(0);
    }
  });

  it('finds events by lane and by time, and keeps an event that is its own lane out of the first', async () => {
    const laned = anEvent({ lane: 'acme#customer-42' });
    const alone = anEvent({ eventId: 'alone', lane: 'acme#alone' });
    const { ledger } = ledgerOn(database.dynamodb, ledgerTable);
    await ledger.accept(laned);
    await ledger.accept(alone);
    const keysIn = async (IndexName: string, attribute: string, values: string[]) => {
      const found = await Promise.all(
        values.map((value) =>
          database.dynamodb.send(
            new QueryCommand({
              TableName: ledgerTable,
              IndexName,
              KeyConditionExpression: '#key = :value',
              ExpressionAttributeNames: { '#key': attribute },
              ExpressionAttributeValues: { ':value': value },
            }),
          ),
        ),
      );
      return found.flatMap(({ Items = [] }) => Items.map(({ pk }): unknown => pk));
    };

    const byLane = await keysIn('by-lane', 'lane', [laned.lane, alone.lane]);
    const minute = acceptedAt.toISOString().slice(0, 16);
    const shards = [0, 1, 2, 3].map((shard) => `acme#${minute}#${shard}`);
    const byTime = await keysIn('by-time', 'minute', shards);

    expect(byLane).toEqual([eventKey('acme', laned.eventId)]);
    expect(byTime).toEqual(expect.arrayContaining([eventKey('acme', laned.eventId), 'acme#alone']));
  });
});

interface Put {
  readonly TableName?: unknown;
  readonly ConditionExpression?: unknown;
}

/** Of a Put or a transaction. */
function putsOf({ name, input }: SentCommand): readonly Put[] {
  if (name === 'PutCommand') return [input];
  const items = (input.TransactItems ?? []) as { readonly Put?: Put }[];
  return items.flatMap(({ Put: put }) => (put ? [put] : []));
}
