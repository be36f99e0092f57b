import { closeSample } from '../../functions/providers/close/sample.ts';
import { agreesWithFormula, hmac, keysIn, seconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('close');

agreesWithFormula({
  sample: closeSample,
  keys: keysIn('hex'),
  headers: ({ body }, secret) => ({
    'close-sig-timestamp': seconds,
    'close-sig-hash': hmac('sha256', Buffer.from(secret, 'hex'), seconds, body).toString('hex'),
  }),
});
