import { describe, expect, it } from 'vitest';
import { dropbox } from '../../functions/providers/dropbox/preset.ts';
import { dropboxSample } from '../../functions/providers/dropbox/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { before } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('dropbox');

describe('its events', () => {
  const body = '{"list_folder":{"accounts":["dbid:A","dbid:B"]},"delta":{"users":[1,2]}}';
  const at = (iso: string) => eventsOf(dropbox(), body, {}, new Date(iso));

  it('takes every notification for a new one, since all are alike', async () => {
    expect(await at('2026-03-01T12:00:00.000Z')).toEqual([
      ['dbid:A/2026-03-01T12:00:00.000Z', 's', 'dbid:A'],
      ['dbid:B/2026-03-01T12:00:00.000Z', 's', 'dbid:B'],
    ]);
    expect(await at('2026-03-01T12:00:00.001Z')).toEqual([
      ['dbid:A/2026-03-01T12:00:00.001Z', 's', 'dbid:A'],
      ['dbid:B/2026-03-01T12:00:00.001Z', 's', 'dbid:B'],
    ]);
  });
});

it("Dropbox's challenge is sent back as text", () => {
  expect(before(dropbox(), { method: 'GET', rawQuery: 'challenge=%3Cb%3E' })).toMatchObject({
    kind: 'answer',
    answer: {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
      body: '<b>',
    },
  });
  expect(before(dropbox(), { method: 'GET' })).toBeUndefined();
});

agreesWithLibrary({
  name: 'the documented formula',
  sample: dropboxSample,
  keys: textSecrets,
  sign: (request, { secret }) =>
    withHeaders(request, { 'x-dropbox-signature': hmac('sha256', secret, request.body).toString('hex') }),
});
