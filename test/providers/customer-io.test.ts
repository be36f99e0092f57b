import { customerIoSample } from '../../functions/providers/customer-io/sample.ts';
import { agreesWithFormula, hex, seconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('customer-io');

agreesWithFormula({
  sample: customerIoSample,
  headers: ({ body }, secret) => ({
    'x-cio-timestamp': seconds,
    'x-cio-signature': hex(secret, `v0:${seconds}:`, body),
  }),
});
