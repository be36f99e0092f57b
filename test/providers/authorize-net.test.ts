import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorizeNet } from '../../functions/providers/authorize-net/preset.ts';
import { authorizeNetSample } from '../../functions/providers/authorize-net/sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('authorize-net');

it('reads its events', async () => {
  const body = {
    notificationId: 'd0e8e7fe-c3e7-4add-a480-27bc5ce28a18',
    eventType: 'net.authorize.customer.subscription.created',
    eventDate: '2017-03-29T20:48:02.0080095Z',
    webhookId: '63d6fea2-aa13-4b1d-a204-f5fbc15942b7',
    payload: { name: 'testSubscription', entityName: 'subscription', id: '4715259' },
  };

  expect(await eventsOf(authorizeNet(), body)).toEqual([
    ['d0e8e7fe-c3e7-4add-a480-27bc5ce28a18', 'net.authorize.customer.subscription.created', '4715259'],
  ]);
});

describe('its signature', () => {
  const hexKeys = fc.stringMatching(/^[0-9A-F]{128}$/).map((secret) => ({ secret }));
  const upperCase = (body: Uint8Array, secret: string) => ({
    'x-anet-signature': `sha512=${hmac('sha512', secret, body).toString('hex').toUpperCase()}`,
  });

  agreesWithLibrary({
    name: 'its documented formula',
    sample: authorizeNetSample,
    keys: hexKeys,
    sign: (request, { secret }) => withHeaders(request, upperCase(request.body, secret)),
  });
});
