import { klaviyoSample } from '../../functions/providers/klaviyo/sample.ts';
import { now } from '../support/provider/clock.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('klaviyo');

agreesWithFormula({
  sample: klaviyoSample,
  headers: ({ body }, secret) => ({
    'klaviyo-timestamp': now.toUTCString(),
    'klaviyo-signature': hex(secret, body, now.toUTCString()),
  }),
});
