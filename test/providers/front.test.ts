import { frontSample } from '../../functions/providers/front/sample.ts';
import { agreesWithFormula, base64, milliseconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('front');

agreesWithFormula({
  sample: frontSample,
  headers: ({ body }, secret) => ({
    'x-front-request-timestamp': milliseconds,
    'x-front-signature': base64(secret, milliseconds, ':', body),
  }),
});
