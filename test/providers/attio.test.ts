import { attioSample } from '../../functions/providers/attio/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('attio');

agreesWithFormula({
  sample: attioSample,
  headers: ({ body }, secret) => ({ 'attio-signature': hex(secret, body) }),
});
