import { webflowSample } from '../../functions/providers/webflow/sample.ts';
import { agreesWithFormula, hex, milliseconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('webflow');

agreesWithFormula({
  sample: webflowSample,
  headers: ({ body }, secret) => ({
    'x-webflow-timestamp': milliseconds,
    'x-webflow-signature': hex(secret, milliseconds, ':', body),
  }),
});
