import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { defineHandlers, type HandlerContext, type WebhookEvent } from 'hooklane';
import type * as z from 'zod';
import config, { type DrillEvent } from '../hooklane.config.ts';

const dynamodb = new DynamoDBClient({});

export default defineHandlers(config, {
  'work/*': drill,
  'late/*': drill,
  'rotated/*': drill,
  'own/*': drill,
});

/** Fails as the event says until the switch is turned; then its lane's list of effects has the event behind those before it. */
async function drill(event: WebhookEvent<z.infer<typeof DrillEvent>>, ctx: HandlerContext) {
  const { fail } = event.body;
  if (fail !== undefined && (fail === 'once' ? ctx.attempt === 1 : !(await isRepaired()))) await failBy(fail);
  ctx.transact([
    {
      Update: {
        TableName: process.env['EFFECTS_TABLE'],
        Key: { pk: event.lane },
        UpdateExpression: 'SET seen = list_append(if_not_exists(seen, :none), :one)',
        ExpressionAttributeValues: { ':none': [], ':one': [event.eventId] },
      },
    },
  ]);
  return { bytes: event.raw.length, version: process.env['DRILL_VERSION'] };
}

async function isRepaired(): Promise<boolean> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: process.env['SWITCHES_TABLE'],
      Key: { pk: { S: 'repaired' } },
      ConsistentRead: true,
    }),
  );
  return Item !== undefined;
}

async function failBy(way: 'throw' | 'timeout' | 'crash' | 'once'): Promise<void> {
  if (way === 'timeout') await sleep(60_000);
  if (way === 'crash') process.exit(1);
  throw new Error('the shop is closed');
}
