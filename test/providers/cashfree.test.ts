import { cashfreeSample } from '../../functions/providers/cashfree/sample.ts';
import { agreesWithFormula, base64, milliseconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('cashfree');

agreesWithFormula({
  sample: cashfreeSample,
  headers: ({ body }, secret) => ({
    'x-webhook-timestamp': milliseconds,
    'x-webhook-signature': base64(secret, milliseconds, body),
  }),
});
