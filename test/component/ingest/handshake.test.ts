import { createHmac } from 'node:crypto';
import { github, none, source, type Source } from 'hooklane';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Handshake } from '../../../functions/handshakes/handshake.ts';
import { keepSecret } from '../../../functions/handshakes/keep-secret.ts';
import { isPairingOpen } from '../../../functions/secrets/pairing.ts';
import { secretReader } from '../../../functions/secrets/secret-store.ts';
import { echo } from '../../../functions/handshakes/echo.ts';
import { hmac } from '../../../functions/signatures/hmac.ts';
import { KeysUnreachable } from '../../../functions/signatures/verdict.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { request, secret, setUpIngest, signed, withHeaders } from '../../support/ingest-fixture.ts';

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
const handedOver = 'secret_handed-over-by-the-sender';
const pairing = keepSecret({
  name: 'pairing',
  from: 'field:verification_token',
  signature: 'x-acme-signature',
  sendBackAs: 'x-secret',
});

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

/** A store of secrets in memory that keeps as Secrets Manager does. */
function aSecretStore(...list: string[]) {
  let reads = 0;
  const store = { list, reads: () => reads };
  const now = () => new Date();
  return {
    store,
    deps: {
      sources: acmeWith(pairing),
      secrets: secretReader({ fetch: async () => (reads++, [...store.list]), now }),
      keepSecret: async (_source: string, secret: string, at: Date) => {
        if (!isPairingOpen(store.list, at)) return 'refused' as const;
        store.list = [secret];
        return 'kept' as const;
      },
    },
  };
}

const inMinutes = (minutes: number) => `pairing:${new Date(Date.now() + minutes * 60_000).toISOString()}`;
const handOver = (secret = handedOver) => request('acme', { verification_token: secret });

it('G7: keeps the secret that a sender hands over while pairing is open, answers, and verifies with it at once', async () => {
  const { ingest, everything, rejected, sent } = await setUpIngest(database);
  const { store, deps } = aSecretStore(inMinutes(10));

  const answer = await ingest(handOver(), deps);

  expect(answer).toMatchObject({ status: 200, headers: { 'x-secret': handedOver } });
  expect(store.list).toEqual([handedOver]);
  expect(await rejected()).toMatchObject([{ source: 'acme', cause: 'handshake', status: 200 }]);
  expect(JSON.stringify(await everything())).not.toContain(handedOver);
  const event = await ingest(signed(request('acme', { id: 'e1' }), handedOver), deps);
  expect([event.status, sent.length]).toEqual([202, 1]);
});

it('sees that pairing was opened though it read the list just before', async () => {
  const { ingest } = await setUpIngest(database);
  const { store, deps } = aSecretStore('a-secret-of-before');
  await ingest(request('acme', { id: 'e1' }), deps);
  store.list = [inMinutes(10)];

  const answer = await ingest(handOver(), deps);

  expect(answer.status).toBe(200);
});

it.each([
  ['nobody waits for it', []],
  ['the time is over', [inMinutes(-1)]],
  ['a secret is stored', ['a-secret-of-the-sender']],
  ['a secret is stored beside it', [inMinutes(10), 'a-secret-of-the-sender']],
])('takes no secret from a request where %s: 403, one audit item, nothing written', async (_, list) => {
  const { ingest, everything } = await setUpIngest(database);
  const { store, deps } = aSecretStore(...list);

  const answer = await ingest(handOver(), deps);

  expect(answer).toMatchObject({ status: 403, body: { cause: 'handshake-refused' } });
  expect(store.list).toEqual(list);
  expect(await everything()).toMatchObject([{ cause: 'handshake-refused', source: 'acme' }]);
  expect(JSON.stringify([answer, await everything()])).not.toContain(handedOver);
});

it('keeps the first of several secrets that come at once', async () => {
  const { ingest } = await setUpIngest(database);
  const { store, deps } = aSecretStore(inMinutes(10));
  const secrets = Array.from({ length: 5 }, (_, n) => `${handedOver}-${n}`);

  const answers = await Promise.all(secrets.map((secret) => ingest(handOver(secret), deps)));

  const kept = secrets.filter((_, n) => answers[n]?.status === 200);
  expect(kept).toHaveLength(1);
  expect(store.list).toEqual(kept);
});

it.each([
  'short',
  `pairing:${new Date(Date.now() + 3_600_000).toISOString()}`,
  'handshake:chosen-by-a-stranger',
])('never keeps %s', async (text) => {
  const { ingest } = await setUpIngest(database);
  const { store, deps } = aSecretStore(inMinutes(10));

  const answer = await ingest(handOver(text), deps);

  expect(answer.status).toBe(403);
  expect(store.list).toEqual([expect.stringMatching(/^pairing:/)]);
});

it('reads the list twice a minute at most, however many secrets strangers hand over', async () => {
  const { ingest } = await setUpIngest(database);
  const { store, deps } = aSecretStore('a-secret-of-the-sender');

  for (let n = 0; n < 50; n++) await ingest(handOver(`${handedOver}-${n}`), deps);

  expect(store.reads()).toBe(2);
});

it('G1: says that secrets cannot be reached where one could not be kept', async () => {
  const { ingest } = await setUpIngest(database);
  const { deps } = aSecretStore(inMinutes(10));
  const down = () => Promise.reject(new Error('down'));

  const answer = await ingest(handOver(), { ...deps, keepSecret: down });

  expect(answer).toMatchObject({ status: 503, body: { cause: 'secrets-unreachable' } });
});

it("G7: answers GitHub's signed ping, audits it, and stores no event, unless the source wants it as one", async () => {
  const { ingest, everything, sent } = await setUpIngest(database);
  const one = request('acme', { zen: 'Keep it logically awesome.' });
  const signature = createHmac('sha256', secret).update(one.body).digest('hex');
  const ping = withHeaders(one, {
    'x-github-event': 'ping',
    'x-github-delivery': 'd-1',
    'x-hub-signature-256': `sha256=${signature}`,
  });

  const answer = await ingest(ping, { sources: { acme: github() } });

  expect(answer.status).toBe(200);
  expect(await everything()).toMatchObject([{ cause: 'handshake', source: 'acme', status: 200 }]);
  expect(sent).toEqual([]);
  const asEvent = await ingest(ping, { sources: { acme: github({ handshakes: [] }) } });
  expect([asEvent.status, sent.length]).toEqual([202, 1]);
});

it('G1: says that keys cannot be reached where a sender does not hand them out', async () => {
  const { ingest, rejected } = await setUpIngest(database);
  const fetching = { ...none(), verify: () => Promise.reject(new KeysUnreachable('down')) };

  const answer = await ingest(request('acme', {}), {
    sources: { acme: source({ verify: fetching, id: 'id' }) },
  });

  expect(answer).toMatchObject({
    status: 503,
    headers: { 'retry-after': '5' },
    body: { cause: 'keys-unreachable' },
  });
  expect(await rejected()).toEqual([]);
});

it('asks for no secrets where a source verifies without one: its function may read none', async () => {
  const { ingest, called } = await setUpIngest(database);
  const denied = () => Promise.reject(new Error('AccessDeniedException'));
  const confirm = (isSigned: boolean) =>
    ingest(request('acme', {}), {
      sources: { acme: source({ verify: none(), id: 'id', handshakes: [{ ...calling, isSigned }] }) },
      secrets: secretReader({ fetch: denied, now: () => new Date() }),
    });

  const answers = [await confirm(false), await confirm(true)];

  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(called).toHaveLength(2);
});
