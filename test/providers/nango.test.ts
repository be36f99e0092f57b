import { expect, it } from 'vitest';
import { nango } from '../../functions/providers/nango/preset.ts';
import { nangoSample } from '../../functions/providers/nango/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('nango');

agreesWithFormula({
  sample: nangoSample,
  headers: ({ body }, secret) => ({ 'x-nango-hmac-sha256': hex(secret, body) }),
});

it('reads what it sends itself, and what it forwards with a connection and without', async () => {
  const at = { providerConfigKey: 'github', connectionId: 'c1' };
  const read = async (body: object) => (await eventsOf(nango(), JSON.stringify(body)))[0]?.slice(1);

  expect(await read({ from: 'nango', type: 'sync', syncName: 'issues', ...at })).toEqual([
    'sync',
    'github/c1',
  ]);
  expect(await read({ from: 'github', type: 'forward', payload: { action: 'opened' }, ...at })).toEqual([
    'forward',
    'github/c1',
  ]);
  expect(await read({ action: 'opened' })).toEqual(['s', expect.stringMatching(/^[0-9a-f]{64}/)]);
});
