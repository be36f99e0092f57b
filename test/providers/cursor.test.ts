import { cursorSample } from '../../functions/providers/cursor/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('cursor');

agreesWithFormula({
  sample: cursorSample,
  headers: ({ body }, secret) => ({ 'x-webhook-signature': `sha256=${hex(secret, body)}` }),
});
