import { teamsSample } from '../../functions/providers/teams/sample.ts';
import { agreesWithFormula, hmac, keysIn } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('teams');

agreesWithFormula({
  sample: teamsSample,
  keys: keysIn('base64'),
  headers: ({ body }, secret) => ({
    authorization: `HMAC ${hmac('sha256', Buffer.from(secret, 'base64'), body).toString('base64')}`,
  }),
});
