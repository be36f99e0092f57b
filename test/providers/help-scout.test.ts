import { helpScoutSample } from '../../functions/providers/help-scout/sample.ts';
import { agreesWithFormula, hmac } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('help-scout');

agreesWithFormula({
  sample: helpScoutSample,
  headers: ({ body }, secret) => ({ 'x-helpscout-signature': hmac('sha1', secret, body).toString('base64') }),
});
