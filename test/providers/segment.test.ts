import { segmentSample } from '../../functions/providers/segment/sample.ts';
import { agreesWithFormula, hmac } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('segment');

agreesWithFormula({
  sample: segmentSample,
  headers: ({ body }, secret) => ({ 'x-signature': hmac('sha1', secret, body).toString('hex') }),
});
