import { bearer, defineConfig, github, hmac, source, standardWebhooks, stripe } from 'hooklane';
import { PaymentEvent } from './handlers/orders/payment.ts';
import { answerPayment } from './handlers/orders/answer-payment.ts';

export default defineConfig({
  sources: {
    payments: source({
      verify: bearer(),
      schema: PaymentEvent,
      // One transaction is one event: a later status of the same payment comes with a transaction id of its own.
      id: 'txn_id',
      type: (e) => (e.body.status === 'pending' ? 'created' : e.body.status),
      lane: 'order_uuid',
      // What comes after a payment that failed for good waits until somebody has repaired or discarded that one.
      onExhausted: 'hold',
      retry: { attempts: 5, delaysSeconds: [5, 10, 30, 60, 120] },
      duplicates: { status: 409 },
      rateLimit: { perMinute: 1000, per: 'ip' },
      respond: answerPayment,
    }),
    github: github(),
    stripe: stripe({ lane: (e) => e.body.data.object.customer ?? e.body.data.object.id }),
    standard: standardWebhooks(),
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
  },
  tables: { orders: { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' } },
  functions: {
    desk: {
      entry: './handlers/orders/api.ts',
      routes: ['POST /orders', 'GET /orders/{id}', 'GET /orders/{id}/events'],
      tables: ['orders'],
    },
  },
});
