import { createRequire } from 'node:module';
import { gocardlessSample } from '../../functions/providers/gocardless/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('gocardless');

const { verifySignature } = createRequire(import.meta.url)('gocardless-nodejs/webhooks') as {
  verifySignature: (body: string, secret: string, signature: string) => void;
};

agreesWithLibrary({
  name: 'gocardless-nodejs',
  sample: gocardlessSample,
  keys: textSecrets,
  accepts: ({ body, headers }, { secret }) => {
    try {
      verifySignature(Buffer.from(body).toString(), secret, headers['webhook-signature'] ?? '');
      return true;
    } catch {
      return false;
    }
  },
});
