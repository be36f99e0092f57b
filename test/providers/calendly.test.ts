import { expect, it } from 'vitest';
import { calendly } from '../../functions/providers/calendly/preset.ts';
import { calendlySample } from '../../functions/providers/calendly/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { hmac, seconds, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('calendly');

it('orders by invitee', async () => {
  const uri = 'https://api.calendly.com/scheduled_events/AAA/invitees/BBB';
  const body = {
    event: 'invitee.canceled',
    created_at: '2020-11-23T17:51:19.000000Z',
    payload: { uri, status: 'canceled', updated_at: '2020-11-23T17:51:18.341657Z' },
  };

  expect(await eventsOf(calendly(), JSON.stringify(body))).toEqual([
    [`invitee.canceled/${uri.replaceAll('/', '%2F')}/2020-11-23T17:51:19.000000Z`, 'invitee.canceled', uri],
  ]);
});

agreesWithLibrary({
  name: 'the documented formula',
  sample: calendlySample,
  keys: textSecrets,
  sign: (request, { secret }) => {
    const signature = hmac('sha256', secret, `${seconds}.`, request.body).toString('hex');
    return withHeaders(request, { 'calendly-webhook-signature': `t=${seconds},v1=${signature}` });
  },
});
