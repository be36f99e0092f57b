import { expect, it } from 'vitest';
import { typeform } from '../../functions/providers/typeform/preset.ts';
import { typeformSample } from '../../functions/providers/typeform/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('typeform');

it('orders by response', async () => {
  const body =
    '{"event_id":"LtWX","event_type":"form_response","form_response":{"form_id":"lT4","token":"a3a1"}}';

  expect(await eventsOf(typeform(), body)).toEqual([['LtWX', 'form_response', 'a3a1']]);
});

agreesWithLibrary({
  name: 'the documented formula',
  sample: typeformSample,
  keys: textSecrets,
  sign: (request, { secret }) => {
    const signature = hmac('sha256', secret, request.body).toString('base64');
    return withHeaders(request, { 'typeform-signature': `sha256=${signature}` });
  },
});
