import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { defineHandlers, PermanentError, RetryAfter, WaitFor, type Handler } from 'hooklane';
import config from './soak.config.ts';

/**
 * Every handler asks the sink what to do, and writes its effect into a table of its own in the settle transaction: one list for
 * each lane, in order, an effect named by its event and its idempotency key.
 */
const sinkUrl = process.env['SINK_URL'] ?? 'http://127.0.0.1:9';
const database = new DynamoDBClient({});

/** Above the 120 s up to which a retry keeps its message: its lane parks. */
const longDelaySeconds = 125;

const TableName = process.env['EFFECTS_TABLE'];
const effectsOf = (lane: string) => ({ pk: `EFFECT#${lane}`, sk: 'EFFECTS' });

async function hasHappened(lane: string, prefix: string): Promise<boolean> {
  const { pk, sk } = effectsOf(lane);
  const Key = { pk: { S: pk }, sk: { S: sk } };
  const { Item } = await database.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return (Item?.['effects']?.L ?? []).some(({ S = '' }) => S.startsWith(prefix));
}

const askAndCount: Handler = async (event, ctx) => {
  const { status } = await fetch(sinkUrl, {
    method: 'POST',
    headers: {
      'idempotency-key': ctx.idempotencyKey,
      'x-event': encodeURIComponent(`${event.source}#${event.eventId}`),
      'x-lane': encodeURIComponent(event.lane),
      'x-attempt': String(ctx.attempt),
      'x-pid': String(process.pid),
    },
    body: new Uint8Array(event.raw),
  });
  if (status === 422) throw new PermanentError('the sink said no for good');
  if (status === 429) throw new RetryAfter(2);
  if (status === 430) throw new RetryAfter(longDelaySeconds);
  if (status !== 200) throw new Error(`the sink answered ${status}`);
  ctx.transact([
    {
      Update: {
        TableName,
        Key: effectsOf(event.lane),
        UpdateExpression: 'SET effects = list_append(if_not_exists(effects, :none), :one)',
        ExpressionAttributeValues: { ':none': [], ':one': [`${event.eventId} ${ctx.idempotencyKey}`] },
      },
    },
  ]);
};

/** A payment waits for the creation of its entity, which may come after it. */
const waitThenAsk: Handler = async (event, ctx) => {
  if (event.type === 'paid' && !(await hasHappened(event.lane, 'created-'))) {
    throw new WaitFor(['created'], { timeoutSeconds: 3600 });
  }
  return askAndCount(event, ctx);
};

export default defineHandlers(config, {
  'open/*': askAndCount,
  'held/*': askAndCount,
  'once/*': askAndCount,
  'held-once/*': askAndCount,
  'waits/*': waitThenAsk,
});
