import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { trello } from '../../functions/providers/trello/preset.ts';
import { trelloSample } from '../../functions/providers/trello/sample.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithLibrary, jsonBodies, textSecrets } from '../support/provider/agrees-with-library.ts';
import { agreesWithFormula, hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { answered, ask } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('trello');

it('the card, else the board', async () => {
  const action = (data: object) => ({
    action: { id: 'a1', type: 'commentCard', date: '2026-03-01T12:00:00.000Z', data },
  });

  expect(await eventsOf(trello(), action({ card: { id: 'c1' }, board: { id: 'b1' } }))).toEqual([
    ['a1', 'commentCard', 'c1'],
  ]);
  expect(await eventsOf(trello(), action({ board: { id: 'b1' } }))).toEqual([['a1', 'commentCard', 'b1']]);
});

it('Trello looks by HEAD whether there is anybody', () => {
  expect(ask(trello(), aRequest({ method: 'HEAD' }), false)).toEqual(
    answered('callback-check', { status: 200 }),
  );
  expect(ask(trello(), aRequest({ body: '{}' }), false)).toBeUndefined();
});

describe('its signature', () => {
  const url = 'https://hooks.example.com/webhooks/trello?board=1';
  // Bodies that differ in high bytes alone are one body to Trello: keep what differs apart.
  const bodies = jsonBodies.map(
    (text) => `{"hash":"${createHash('md5').update(text).digest('hex')}","text":${text}}`,
  );

  describe('over low bytes', () => {
    agreesWithFormula({
      sample: trelloSample,
      bodies,
      headers: ({ body }, secret) => {
        const text = Buffer.from(body).toString();
        const low = Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at) & 0xff);
        return { 'x-trello-webhook': hmac('sha1', secret, low, url).toString('base64') };
      },
    });
  });

  describe('over UTF-8', () => {
    const headers = ({ body }: VerifiableRequest, secret: string) => ({
      'x-trello-webhook': hmac('sha1', secret, body, url).toString('base64'),
    });
    agreesWithLibrary({
      name: 'the documented formula',
      sample: trelloSample,
      keys: textSecrets,
      bodies,
      sign: (request, { secret }) => withHeaders(request, headers(request, secret)),
    });
  });
});
