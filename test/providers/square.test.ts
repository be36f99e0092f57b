import { WebhooksHelper } from 'square';
import { expect, it } from 'vitest';
import { square } from '../../functions/providers/square/preset.ts';
import { squareSample } from '../../functions/providers/square/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('square');

it('reads its events', async () => {
  const body = {
    merchant_id: '6SSW7HV8K2ST5',
    type: 'customer.created',
    event_id: '347ab320-c0ba-48f5-959a-4e147b9aefcf',
    created_at: '2020-07-09T22:40:47.869Z',
    data: { type: 'customer', id: 'QPTXM8PQNX3Q726ZYHPMNP46XC', object: { customer: { id: 'other' } } },
  };

  expect(await eventsOf(square(), body)).toEqual([
    ['347ab320-c0ba-48f5-959a-4e147b9aefcf', 'customer.created', 'QPTXM8PQNX3Q726ZYHPMNP46XC'],
  ]);
});

agreesWithLibrary({
  name: 'square',
  sample: squareSample,
  keys: textSecrets,
  accepts: ({ body, headers, publicUrl = '' }, { secret }) =>
    WebhooksHelper.verifySignature({
      requestBody: Buffer.from(body).toString(),
      signatureHeader: headers['x-square-hmacsha256-signature'] ?? '',
      signatureKey: secret,
      notificationUrl: publicUrl,
    }),
});
