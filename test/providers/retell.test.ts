import { retellSample } from '../../functions/providers/retell/sample.ts';
import { agreesWithFormula, hex, milliseconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('retell');

agreesWithFormula({
  sample: retellSample,
  headers: ({ body }, secret) => ({
    'x-retell-signature': `v=${milliseconds},d=${hex(secret, body, milliseconds)}`,
  }),
});
