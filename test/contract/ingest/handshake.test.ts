import { none, source, type Source } from 'hooklane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Handshake } from '../../../functions/sources/handshake.ts';
import { echo } from '../../../functions/sources/handshakes/echo.ts';
import { hmac } from '../../../functions/sources/verify/hmac.ts';
import { startTestDatabase, type TestDatabase } from '../../dynamodb.ts';
import { request, setUpIngest, signed } from './ingest-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const subscribe = echo({
  name: 'subscribe',
  method: 'GET',
  isSigned: false,
  echo: 'query:challenge',
  token: 'query:token',
});
const challenge = echo({ name: 'challenge', method: 'POST', isSigned: true, echo: 'field:challenge' });
const calling: Handshake = {
  name: 'calling',
  method: 'POST',
  isSigned: false,
  respond: () => ({ kind: 'call', url: 'https://sender.example/confirm', answer: { status: 200 } }),
};
const pairing: Handshake = {
  name: 'pairing',
  method: 'POST',
  isSigned: false,
  respond: () => ({ kind: 'keep-secret', secret: 'handed-over', answer: { status: 200 } }),
};

const acmeWith = (...handshakes: Handshake[]): Readonly<Record<string, Source>> => ({
  acme: source({
    verify: hmac({ algorithm: 'sha256', header: 'x-acme-signature', encoding: 'hex', prefix: 'v1=' }),
    id: 'id',
    handshakes,
  }),
});

it('G7: answers an unsigned handshake before it verifies, audits it, and stores nothing else', async () => {
  const { ingest, everything, rejected, sent } = await setUpIngest(database);
  const rawQuery = 'challenge=c-1&token=typed-s3cret';

  const answer = await ingest(request('acme', '', { method: 'GET', rawQuery }), {
    sources: acmeWith(subscribe),
  });

  expect(answer).toMatchObject({ status: 200, body: 'c-1' });
  expect(await rejected()).toMatchObject([{ source: 'acme', cause: 'handshake', status: 200 }]);
  expect([(await everything()).length, sent]).toEqual([1, []]);
});

it('refuses a handshake with a wrong token, and audits it', async () => {
  const { ingest, rejected } = await setUpIngest(database);
  const rawQuery = 'challenge=c-1&token=guess';

  const answer = await ingest(request('acme', '', { method: 'GET', rawQuery }), {
    sources: acmeWith(subscribe),
  });

  expect(answer).toMatchObject({ status: 403, body: { cause: 'handshake-refused' } });
  expect(await rejected()).toMatchObject([{ cause: 'handshake-refused', source: 'acme' }]);
});

it('answers a signed handshake only once it is verified', async () => {
  const { ingest } = await setUpIngest(database);
  const one = request('acme', { challenge: 'c-1' });
  const sources = acmeWith(challenge);

  const unsigned = await ingest(one, { sources });
  const verified = await ingest(signed(one), { sources });

  expect(unsigned.status).toBe(401);
  expect(verified).toMatchObject({ status: 200, body: 'c-1' });
});

it('takes an event of a source that has handshakes as ever', async () => {
  const { ingest, sent } = await setUpIngest(database);

  const answer = await ingest(signed(request('acme', { id: 'e1' })), {
    sources: acmeWith(challenge, subscribe),
  });

  expect(answer.status).toBe(202);
  expect(sent).toHaveLength(1);
});

it('never takes an event by the method of a handshake', async () => {
  const { ingest, sent } = await setUpIngest(database);
  const open = { acme: source({ verify: none(), id: 'id', handshakes: [subscribe] }) };

  const answer = await ingest(request('acme', { id: 'e1' }, { method: 'GET' }), { sources: open });

  expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
  expect(sent).toEqual([]);
});

it('calls the address that a handshake asks it to call, and says so if it does not answer', async () => {
  const { ingest, called } = await setUpIngest(database);
  const sources = acmeWith(calling);
  const silent = () => Promise.reject(new Error('down'));

  const answer = await ingest(request('acme', {}), { sources });
  const failing = await ingest(request('acme', {}), { sources, callBack: silent });

  expect(answer.status).toBe(200);
  expect(called).toEqual(['https://sender.example/confirm']);
  expect(failing).toMatchObject({ status: 503, body: { cause: 'sender-unreachable' } });
});

it('takes no secret from a request that nobody waits for', async () => {
  const { ingest, rejected } = await setUpIngest(database);

  const answer = await ingest(request('acme', {}), { sources: acmeWith(pairing) });

  expect(answer.status).toBe(403);
  expect(JSON.stringify(await rejected())).not.toContain('handed-over');
});
