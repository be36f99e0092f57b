import { bearer, none, source } from 'hooklane';
import { expect, it } from 'vitest';
import { Unreachable } from '../../../functions/ingest/unreachable.ts';
import { verifyRequest } from '../../../functions/ingest/verify-request.ts';
import type { SecretReader } from '../../../functions/sources/secret-store.ts';

const now = new Date();
const request = {
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

  const verdict = await verifyRequest(request, 'acme', withToken, reader, now);

  expect(verdict).toEqual({ verified: true });
});

it('asks for nothing anew while the known secrets fit', async () => {
  const { reader, asked } = secretsOf(['new']);

  await verifyRequest(request, 'acme', withToken, reader, now);

  expect(asked).toEqual(['read acme']);
});

it('asks for nothing anew for a request without a signature', async () => {
  const { reader, asked } = secretsOf(['new']);

  const verdict = await verifyRequest({ ...request, headers: {} }, 'acme', withToken, reader, now);

  expect(verdict).toEqual({ verified: false, cause: 'missing-signature' });
  expect(asked).toEqual(['read acme']);
});

it('refuses everybody while there is no secret', async () => {
  const { reader } = secretsOf([]);

  const verdict = await verifyRequest(request, 'acme', withToken, reader, now);

  expect(verdict).toEqual({ verified: false, cause: 'no-secret' });
});

it('calls secrets that cannot be read unreachable, which is not the fault of the sender', async () => {
  const { reader } = secretsOf([]);
  const broken = { ...reader, read: () => Promise.reject(new Error('down')) };

  const verdict = verifyRequest(request, 'acme', withToken, broken, now);

  await expect(verdict).rejects.toThrow(Unreachable);
});

it('looks no secret up where none is needed, and those of another source where that is said', async () => {
  const { reader, asked } = secretsOf(['new']);

  await verifyRequest(request, 'open', source({ verify: none(), id: 'id' }), reader, now);
  const shared = source({ verify: bearer(), id: 'id', secrets: 'main' });
  await verifyRequest(request, 'acme', shared, reader, now);

  expect(asked).toEqual(['read main']);
});
