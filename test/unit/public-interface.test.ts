import {
  bearer,
  defineConfig,
  defineHandlers,
  forward,
  github,
  hmac,
  none,
  source,
  standardWebhooks,
  stripe,
} from 'hooklane';
import * as z from 'zod';
import { expect, it } from 'vitest';

it('takes a whole configuration as the documentation shows it, without a cast', () => {
  const PaymentEvent = z.object({ txn_id: z.string(), status: z.string(), order_uuid: z.string() });

  const config = defineConfig({
    sources: {
      stripe: stripe({
        lane: (e) => e.body.data.object.customer ?? e.body.data.object.id,
        onExhausted: 'hold',
      }),
      payments: source({
        verify: bearer(),
        schema: PaymentEvent,
        id: 'txn_id',
        type: 'status',
        lane: (e) => e.body.order_uuid,
        duplicates: { status: 409 },
        rateLimit: { perMinute: 1000, per: 'ip' },
        respond: ({ body, events }) => ({ status: 202, body: { id: body.txn_id, count: events.length } }),
      }),
      acme: source({
        verify: hmac({
          algorithm: 'sha256',
          header: 'x-acme-signature',
          encoding: 'hex',
          prefix: 'v1=',
          signed: '{body}',
        }),
        id: 'id',
        type: 'type',
        lane: 'entity',
      }),
      github: github({ lane: (e) => e.body.repository?.full_name }),
      standard: standardWebhooks(),
      open: source({ verify: none(), id: 'id' }),
    },
  });
  const handlers = defineHandlers(config, {
    'stripe/invoice.*': async () => {},
    'stripe/*': forward('https://example.com/hook'),
    'payments/*': async (event, ctx) => {
      await ctx.once('step', () => Promise.resolve(event.eventId));
    },
  });

  expect(handlers.mistakes).toEqual([]);
  expect(Object.keys(config.sources)).toHaveLength(6);
  expect(config.mistakes).toEqual([]);
  expect(config.processor).toEqual({ timeoutSeconds: 30, maxConcurrency: 50 });
});
