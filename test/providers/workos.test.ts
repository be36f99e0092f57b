import { WorkOS } from '@workos-inc/node';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { workos } from '../../functions/providers/workos/preset.ts';
import { workosSample } from '../../functions/providers/workos/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('workos');

it('orders by what the event is about', async () => {
  const body =
    '{"id":"event_1","event":"connection.activated","data":{"id":"conn_1","updated_at":"2021-06-25T19:07:33.155Z"}}';

  expect(await eventsOf(workos(), body)).toEqual([['event_1', 'connection.activated', 'conn_1']]);
});

const { webhooks } = new WorkOS('sk_test_none');

agreesWithLibrary({
  name: '@workos-inc/node',
  sample: workosSample,
  keys: textSecrets,
  // The library signs what it prints anew of the parsed body: only compact ASCII comes out as it went in.
  bodies: fc
    .json({ stringUnit: 'grapheme-ascii' })
    .map((body) => JSON.stringify(JSON.parse(body)))
    .map((data) => `{"data":${data}}`),
  sign: (request, { secret }) => {
    const t = String(now.getTime());
    const signature = hmac('sha256', secret, `${t}.`, request.body).toString('hex');
    return withHeaders(request, { 'workos-signature': `t=${t}, v1=${signature}` });
  },
  accepts: async ({ body, headers }, { secret }) => {
    const payload = JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
    try {
      return await webhooks.verifyHeader({ payload, sigHeader: headers['workos-signature'] ?? '', secret });
    } catch {
      return false;
    }
  },
});
