import { revolutSample } from '../../functions/providers/revolut/sample.ts';
import { agreesWithFormula, hex, milliseconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('revolut');

agreesWithFormula({
  sample: revolutSample,
  headers: ({ body }, secret) => ({
    'revolut-request-timestamp': milliseconds,
    'revolut-signature': `v1=${hex(secret, `v1.${milliseconds}.`, body)}`,
  }),
});
