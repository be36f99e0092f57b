import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { describe, expect, it } from 'vitest';
import { linear } from '../../functions/providers/linear/preset.ts';
import { linearSample } from '../../functions/providers/linear/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithLibrary, jsonBodies, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { hex, hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { isVerified } from '../support/provider/is-verified.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('linear');

it('names an event by its type and action', async () => {
  const headers = { 'linear-delivery': 'd1' };
  const comment = { action: 'create', type: 'Comment', data: { id: 'c1', body: 'Indeed' } };
  const revoked = { type: 'OAuthApp', webhookTimestamp: 1 };

  expect(await eventsOf(linear(), JSON.stringify(comment), headers)).toEqual([
    ['d1', 'Comment.create', 'Comment/c1'],
  ]);
  expect(await eventsOf(linear(), JSON.stringify(revoked), headers)).toEqual([['d1', 'OAuthApp', 'd1']]);
  expect(await eventsOf(linear(), JSON.stringify(comment))).toEqual([
    [otherwise, 'Comment.create', 'Comment/c1'],
  ]);
});

const accepts = (body: Uint8Array, signature: string, secret: string) => {
  try {
    return new LinearWebhookClient(secret).verify(Buffer.from(body), signature);
  } catch {
    return false;
  }
};

agreesWithLibrary({
  name: '@linear/sdk',
  sample: linearSample,
  keys: textSecrets,
  // The time is inside the body.
  bodies: jsonBodies.map((data) => `{"data":${data},"webhookTimestamp":${now.getTime()}}`),
  accepts: ({ body, headers }, { secret }) => accepts(body, headers['linear-signature'] ?? '', secret),
});

// Longer than Linear's own minute: it may sign once and retry for hours.
it.each([-90, 9 * 3600])('refuses a body of %i s ago, whatever its header says', async (seconds) => {
  const body = Buffer.from(JSON.stringify({ webhookTimestamp: now.getTime() - seconds * 1000 }));
  const signature = hmac('sha256', 'secret', body).toString('hex');
  const request = withHeaders(
    { method: 'POST', path: '/', rawQuery: '', headers: {}, body },
    { 'linear-signature': signature, 'linear-timestamp': String(now.getTime()) },
  );

  const { verified } = await linearSample.source.verify.verify(request, ['secret'], now);

  expect(accepts(body, signature, 'secret')).toBe(false);
  expect(verified).toBe(false);
});

describe('a time that was signed once', () => {
  it.each([
    [60, true],
    [6 * 3600 + 61 * 60, true],
    [9 * 3600, false],
    [-61, false],
  ])('Linear: %i seconds later the same bytes are taken: %j', async (later, taken) => {
    const body = JSON.stringify({ type: 'Issue', webhookTimestamp: now.getTime() - later * 1000 });
    const request = aRequest({ body, headers: { 'linear-signature': hex('secret', body) } });

    expect(await isVerified(linear(), request, 'secret')).toBe(taken);
  });
});
