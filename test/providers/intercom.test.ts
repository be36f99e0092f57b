import { expect, it } from 'vitest';
import { intercom } from '../../functions/providers/intercom/preset.ts';
import { intercomSample } from '../../functions/providers/intercom/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { answersLook, answersPing } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('intercom');

it('orders by item', async () => {
  const body =
    '{"type":"notification_event","id":"notif_1","topic":"contact.created","created_at":1392731331,' +
    '"delivery_attempts":2,"data":{"item":{"type":"contact","id":"56a1"}}}';

  expect(await eventsOf(intercom(), body)).toEqual([['notif_1', 'contact.created', '56a1']]);
});

it('answers a look at the address', () => answersLook(intercom(), 'HEAD'));

it('answers a ping once its sender is known', () => {
  answersPing(intercom(), { type: 'notification_event', topic: 'ping' });
});

agreesWithLibrary({
  name: 'the documented formula',
  sample: intercomSample,
  keys: textSecrets,
  sign: (request, { secret }) =>
    withHeaders(request, {
      'x-hub-signature': `sha1=${hmac('sha1', secret, request.body).toString('hex')}`,
    }),
});
