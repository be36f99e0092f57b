import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { airtable } from '../../functions/providers/airtable/preset.ts';
import { airtableSample } from '../../functions/providers/airtable/sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('airtable');

it('tells notifications apart by their time', async () => {
  const at = (timestamp: string) =>
    JSON.stringify({ base: { id: 'app1' }, webhook: { id: 'ach1' }, timestamp });

  expect(await eventsOf(airtable(), at('2022-02-01T21:25:05.663Z'))).toEqual([
    ['ach1/2022-02-01T21:25:05.663Z', 's', 'ach1'],
  ]);
  expect(await eventsOf(airtable(), at('2022-02-01T21:25:05.664Z'))).toEqual([
    ['ach1/2022-02-01T21:25:05.664Z', 's', 'ach1'],
  ]);
});

agreesWithLibrary({
  name: 'the documented formula',
  sample: airtableSample,
  keys: fc
    .uint8Array({ minLength: 16, maxLength: 64 })
    .map((key) => ({ secret: Buffer.from(key).toString('base64') })),
  sign: (request, { secret }) => {
    const mac = hmac('sha256', Buffer.from(secret, 'base64'), request.body).toString('hex');
    return withHeaders(request, { 'x-airtable-content-mac': `hmac-sha256=${mac}` });
  },
});
