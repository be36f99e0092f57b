import { checkoutComSample } from '../../functions/providers/checkout-com/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('checkout-com');

agreesWithFormula({
  sample: checkoutComSample,
  headers: ({ body }, secret) => ({ 'cko-signature': hex(secret, body) }),
});
