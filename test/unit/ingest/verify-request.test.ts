import { bearer, none, source } from 'hooklane';
import { expect, it } from 'vitest';
import type { HttpRequest } from '../../../functions/ingest/http-request.ts';
import { Unreachable } from '../../../functions/ingest/unreachable.ts';
import { verifyRequest } from '../../../functions/ingest/verify-request.ts';
import type { SecretReader } from '../../../functions/secrets/secret-store.ts';
import type { Verifier } from '../../../functions/signatures/verifier.ts';
import { KeysUnreachable } from '../../../functions/signatures/verdict.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';

const now = new Date();
const request: HttpRequest = {
  sourceName: 'acme',
  sourceIp: '192.0.2.1',
  requestId: 'r-1',
  method: 'POST',
  path: '/webhooks/acme',
  rawQuery: '',
  headers: { authorization: 'Bearer new' },
  body: Buffer.from('{}'),
};
const withToken = source({ verify: bearer(), id: 'id' });

function secretsOf(known: readonly string[], anew: readonly string[] = known) {
  const asked: string[] = [];
  const reader: SecretReader = {
    read: async (owner) => (asked.push(`read ${owner}`), known),
    refresh: async (owner) => (asked.push(`refresh ${owner}`), anew),
  };
  return { reader, asked };
}

it('takes a rotated secret without waiting for the cache to end', async () => {
  const { reader } = secretsOf(['old'], ['new', 'old']);

  const verdict = await verifyRequest(request, withToken, reader, now);

  expect(verdict).toEqual({ verified: true });
});

it('asks for nothing anew while the known secrets fit', async () => {
  const { reader, asked } = secretsOf(['new']);

  await verifyRequest(request, withToken, reader, now);

  expect(asked).toEqual(['read acme']);
});

it('asks for nothing anew for a request without a signature', async () => {
  const { reader, asked } = secretsOf(['new']);

  const verdict = await verifyRequest({ ...request, headers: {} }, withToken, reader, now);

  expect(verdict).toEqual({ verified: false, cause: 'missing-signature' });
  expect(asked).toEqual(['read acme']);
});

it('refuses everybody while there is no secret', async () => {
  const { reader } = secretsOf([]);

  const verdict = await verifyRequest(request, withToken, reader, now);

  expect(verdict).toEqual({ verified: false, cause: 'no-secret' });
});

it('calls secrets that cannot be read unreachable, which is not the fault of the sender', async () => {
  const { reader } = secretsOf([]);
  const broken = { ...reader, read: () => Promise.reject(new Error('down')) };

  const verdict = verifyRequest(request, withToken, broken, now);

  await expect(verdict).rejects.toThrow(Unreachable);
});

it('calls keys that cannot be fetched unreachable too', async () => {
  const { reader } = secretsOf([]);
  const fetching = { ...none(), verify: () => Promise.reject(new KeysUnreachable('down')) };

  const verdict = verifyRequest(request, source({ verify: fetching, id: 'id' }), reader, now);

  await expect(verdict).rejects.toThrow(new Unreachable('keys', undefined));
});

it('shows verifiers where the request came from', async () => {
  const { reader } = secretsOf([]);
  const seen: VerifiableRequest[] = [];
  const looking: Verifier = { ...none(), verify: (one) => (seen.push(one), { verified: true }) };
  const publicUrl = 'https://hooks.example.com/acme';

  await verifyRequest(request, source({ verify: looking, id: 'id', publicUrl }), reader, now);

  expect(seen).toMatchObject([{ sourceIp: '192.0.2.1', publicUrl, path: '/webhooks/acme' }]);
});

it('looks no secret up where none is needed, and those of another source where that is said', async () => {
  const { reader, asked } = secretsOf(['new']);

  await verifyRequest(request, source({ verify: none(), id: 'id' }), reader, now);
  const shared = source({ verify: bearer(), id: 'id', secrets: 'main' });
  await verifyRequest(request, shared, reader, now);

  expect(asked).toEqual(['read main']);
});
