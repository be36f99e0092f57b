import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { expect, it } from 'vitest';
import { linearSample } from '../../../functions/providers/linear/sample.ts';
import { agreesWithLibrary, jsonBodies, now, textSecrets } from '../agrees-with-library.ts';
import { hmac, withHeaders } from '../documented-formula.ts';

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
