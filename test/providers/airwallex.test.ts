import { airwallexSample } from '../../functions/providers/airwallex/sample.ts';
import { agreesWithFormula, hex, milliseconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('airwallex');

agreesWithFormula({
  sample: airwallexSample,
  headers: ({ body }, secret) => ({
    'x-timestamp': milliseconds,
    'x-signature': hex(secret, milliseconds, body),
  }),
});
