import { expect, it } from 'vitest';
import { zendesk } from '../../functions/providers/zendesk/preset.ts';
import { zendeskSample } from '../../functions/providers/zendesk/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('zendesk');

it('prefers the id that is signed, and takes the header for bodies of your own making', async () => {
  const headers = { 'x-zendesk-webhook-invocation-id': '01EJFTSCC78X5V07NPY2MHR00M' };
  const event =
    '{"id":"e1","type":"zen:event-type:user.created","detail":{"id":"67"},"time":"2020-01-01T00:00:00Z"}';

  expect(await eventsOf(zendesk(), event, headers)).toEqual([['e1', 'zen:event-type:user.created', '67']]);
  expect(await eventsOf(zendesk(), '{"ticket":"35436"}', headers)).toEqual([
    ['01EJFTSCC78X5V07NPY2MHR00M', 's', '01EJFTSCC78X5V07NPY2MHR00M'],
  ]);
});

agreesWithLibrary({
  name: 'the documented formula',
  sample: zendeskSample,
  keys: textSecrets,
  sign: (request, { secret }) => {
    const timestamp = now.toISOString().replace('.000', '');
    return withHeaders(request, {
      'x-zendesk-webhook-signature-timestamp': timestamp,
      'x-zendesk-webhook-signature': hmac('sha256', secret, timestamp, request.body).toString('base64'),
    });
  },
});

it('may deliver by GET', () => {
  const { methods, bodyFormats } = zendesk();

  expect(methods).toEqual(expect.arrayContaining(['GET', 'POST']));
  expect(bodyFormats).toContain('form');
});
