import { nylasSample } from '../../functions/providers/nylas/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('nylas');

agreesWithFormula({
  sample: nylasSample,
  headers: ({ body }, secret) => ({ 'x-nylas-signature': hex(secret, body) }),
});
