import { describe } from 'vitest';
import { pandadocSample } from '../../functions/providers/pandadoc/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { hex } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('pandadoc');

describe('its signature', () => {
  const query = (body: Uint8Array, key: string) => `signature=${hex(key, body)}`;

  agreesWithLibrary({
    name: 'the formula',
    sample: pandadocSample,
    keys: textSecrets,
    sign: (request, { secret }) => ({ ...request, rawQuery: query(request.body, secret) }),
    accepts: ({ body, rawQuery }, { secret }) => rawQuery === query(body, secret),
  });
});
