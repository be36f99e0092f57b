import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { gitlabSample } from '../../../functions/providers/gitlab/sample.ts';
import { agreesWithLibrary, now } from '../agrees-with-library.ts';
import { withHeaders } from '../documented-formula.ts';

const id = 'f5e5f430-f57b-4e6e-9fac-d9128cd7232f';

agreesWithLibrary({
  name: 'standardwebhooks',
  sample: gitlabSample,
  keys: fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((key) => ({ secret: `whsec_${Buffer.from(key).toString('base64')}` })),
  sign: (request, { secret }) =>
    withHeaders(request, {
      'webhook-timestamp': String(now.getTime() / 1000),
      'webhook-signature': new Webhook(secret).sign(id, now, Buffer.from(request.body).toString()),
    }),
  accepts: ({ body, headers }, { secret }) => {
    try {
      new Webhook(secret).verify(Buffer.from(body).toString(), headers);
      return true;
    } catch {
      return false;
    }
  },
});

it('never takes a secret token for a signing key', async () => {
  const body = Buffer.from('{}');
  const signature = new Webhook('dG9rZW4=').sign(id, now, '{}');
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(now.getTime() / 1000),
    'webhook-signature': signature,
  };
  const request = { method: 'POST', path: '/', rawQuery: '', headers, body };

  const verdict = await gitlabSample.source.verify.verify(request, ['dG9rZW4='], now);

  expect(verdict.verified).toBe(false);
});
