import { calComSample } from '../../functions/providers/cal-com/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('cal-com');

agreesWithFormula({
  sample: calComSample,
  headers: ({ body }, secret) => ({ 'x-cal-signature-256': hex(secret, body) }),
});
