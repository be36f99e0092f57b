import { snykSample } from '../../functions/providers/snyk/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('snyk');

agreesWithFormula({
  sample: snykSample,
  headers: ({ body }, secret) => ({ 'x-hub-signature': `sha256=${hex(secret, body)}` }),
});
