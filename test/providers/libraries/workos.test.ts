import { WorkOS } from '@workos-inc/node';
import * as fc from 'fast-check';
import { workosSample } from '../../../functions/providers/workos/sample.ts';
import { agreesWithLibrary, now, textSecrets } from '../agrees-with-library.ts';
import { hmac, withHeaders } from '../documented-formula.ts';

const { webhooks } = new WorkOS('sk_test_none');

agreesWithLibrary({
  name: '@workos-inc/node',
  sample: workosSample,
  keys: textSecrets,
  // The library signs what it prints anew of the parsed body: only compact ASCII comes out as it went in.
  bodies: fc
    .json({ stringUnit: 'grapheme-ascii' })
    .map((body) => JSON.stringify(JSON.parse(body)))
    .map((data) => `{"data":${data}}`),
  sign: (request, { secret }) => {
    const t = String(now.getTime());
    const signature = hmac('sha256', secret, `${t}.`, request.body).toString('hex');
    return withHeaders(request, { 'workos-signature': `t=${t}, v1=${signature}` });
  },
  accepts: async ({ body, headers }, { secret }) => {
    const payload = JSON.parse(Buffer.from(body).toString()) as Record<string, unknown>;
    try {
      return await webhooks.verifyHeader({ payload, sigHeader: headers['workos-signature'] ?? '', secret });
    } catch {
      return false;
    }
  },
});
