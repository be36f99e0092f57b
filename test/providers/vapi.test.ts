import { vapiSample } from '../../functions/providers/vapi/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('vapi');

agreesWithFormula({
  sample: vapiSample,
  headers: ({ body }, secret) => ({ 'x-vapi-signature': hex(secret, body) }),
});
