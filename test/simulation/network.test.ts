import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { tables } from '../../functions/runtime/settings.ts';
import { Actor } from './actor.ts';
import { DynamoDbModel } from './dynamodb/model.ts';
import { dynamodbClient, type Network } from './network.ts';
import { Random } from './random.ts';
import { Scheduler } from './scheduler.ts';

const nothing = () => undefined;
const calm = { crash: 0, pause: 0, longestPauseMs: 0, longestLatencyMs: 1, slow: 0 };
const reliable = { lostAnswer: 0, lateRequest: 0, throttle: 0, conflict: 0 };

/** A Put whose first try the network refuses, and whose process is frozen for so long: then, or so many milliseconds later. */
async function putAfter(frozenMs: number, laterMs = 0): Promise<{ readonly stored: boolean }> {
  const random = new Random('network');
  const scheduler = new Scheduler(0, random);
  const dynamodb = new DynamoDbModel({ now: () => scheduler.now });
  dynamodb.createTable('ledger', tables.ledger);
  let tries = 0;
  const network: Pick<Network, Exclude<keyof Network, 'queues'>> = {
    dynamodb,
    isDown: () => {
      if (tries++ > 0) return false;
      const freeze = () => {
        scheduler.now += frozenMs;
      };
      if (laterMs === 0) freeze();
      else scheduler.at(scheduler.now + laterMs, freeze);
      return true;
    },
    faults: () => reliable,
    later: nothing,
    asActor: (_actor, work) => work(),
    trace: nothing,
    hear: () => undefined,
    onUnheard: nothing,
    describe: () => '',
    underway: new Map(),
  };
  const actor = new Actor('ingest', { scheduler, faults: () => calm, trace: nothing }, { random });
  const { send } = dynamodbClient(actor, network as Network);
  const Item = { pk: 'a#e', sk: 'EVENT' };
  void send(new PutCommand({ TableName: 'ledger', Item })).catch(nothing);
  await scheduler.runUntil(scheduler.now + 600_000);
  return { stored: dynamodb.tables.get('ledger')?.get(Item.pk, Item.sk) !== undefined };
}

it('tries a call again after a short while', async () => {
  expect(await putAfter(2000)).toEqual({ stored: true });
});

it('gives a call up in which its process was frozen for minutes', async () => {
  expect(await putAfter(300_000)).toEqual({ stored: false });
});

it('gives it up as well where that was between two tries', async () => {
  expect(await putAfter(300_000, 5)).toEqual({ stored: false });
});
