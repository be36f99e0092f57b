import { signWebhookPayload, verifyWebhookSignature } from '@notionhq/client';
import { describe, expect, it } from 'vitest';
import { notion } from '../../functions/providers/notion/preset.ts';
import { notionSample } from '../../functions/providers/notion/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { before } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('notion');

it('orders by page, also its comments', async () => {
  const body =
    '{"id":"1782edd6","timestamp":"2024-12-05T23:55:34.285Z","type":"comment.created","attempt_number":2,' +
    '"entity":{"id":"1532a6d8","type":"comment"},"data":{"page_id":"0ef104cd"}}';

  expect(await eventsOf(notion(), body)).toEqual([['1782edd6', 'comment.created', '0ef104cd']]);
});

describe("Notion's handing over of its token", () => {
  const body = '{"verification_token":"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl"}';

  it('is told from events', () => {
    expect(before(notion(), { body })).toMatchObject({
      kind: 'keep-secret',
      secret: 'secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7yBl',
      answer: { status: 200 },
    });
    expect(before(notion(), { body, headers: { 'x-notion-signature': 'sha256=a' } })).toBeUndefined();
    expect(before(notion(), { body: '{"verification_token":{}}' })).toBeUndefined();
    expect(before(notion(), { body: 'no JSON' })).toBeUndefined();
  });
});

agreesWithLibrary({
  name: '@notionhq/client',
  sample: notionSample,
  keys: textSecrets,
  sign: async (request, { secret }) => {
    const signed = { body: Buffer.from(request.body).toString(), verificationToken: secret };
    return withHeaders(request, { 'x-notion-signature': await signWebhookPayload(signed) });
  },
  accepts: ({ body, headers }, { secret }) =>
    verifyWebhookSignature({
      body: Buffer.from(body).toString(),
      signature: headers['x-notion-signature'] ?? '',
      verificationToken: secret,
    }),
});
