import { sanitySample } from '../../functions/providers/sanity/sample.ts';
import { agreesWithFormula, hmac, milliseconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('sanity');

agreesWithFormula({
  sample: sanitySample,
  headers: ({ body }, secret) => ({
    'sanity-webhook-signature': `t=${milliseconds},v1=${hmac('sha256', secret, milliseconds, '.', body).toString('base64url')}`,
  }),
});
