import { defineHandlers, PermanentError, type Handler } from 'hooklane';
import config from './storm.config.ts';

/** Asks the storm's sink how it shall end, and leaves one effect that commits with the event. */
const apply: Handler = async (event, ctx) => {
  const { status } = await fetch(process.env['STORM_SINK'] ?? '', {
    method: 'POST',
    body: JSON.stringify({
      event: `${event.source}#${event.eventId}`,
      lane: event.lane,
      attempt: ctx.attempt,
      idempotencyKey: ctx.idempotencyKey,
    }),
  });
  if (status === 422) throw new PermanentError('the sink refused for good');
  if (status !== 200) throw new Error(`the sink answered ${status}`);
  ctx.transact([
    {
      Update: {
        TableName: process.env['EFFECTS_TABLE'],
        Key: { lane: event.lane },
        UpdateExpression: 'SET effects = list_append(if_not_exists(effects, :none), :one)',
        ExpressionAttributeValues: { ':none': [], ':one': [event.eventId] },
      },
    },
  ]);
  return { applied: true };
};

export default defineHandlers(config, { 'orders/*': apply, 'numbered/*': apply, 'alone/*': apply });
