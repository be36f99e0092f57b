import { elevenlabsSample } from '../../functions/providers/elevenlabs/sample.ts';
import { agreesWithFormula, hex, seconds } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('elevenlabs');

agreesWithFormula({
  sample: elevenlabsSample,
  headers: ({ body }, secret) => ({
    'elevenlabs-signature': `t=${seconds},v0=${hex(secret, seconds, '.', body)}`,
  }),
});
