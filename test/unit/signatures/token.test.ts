import { expect, it } from 'vitest';
import { bearer } from '../../../functions/signatures/bearer.ts';
import { none } from '../../../functions/signatures/none.ts';
import { token } from '../../../functions/signatures/token.ts';
import { aRequest } from '../../support/a-request.ts';

const now = new Date();

it.each([
  ['Bearer right', { verified: true }],
  ['bearer right', { verified: true }],
  ['Bearer older', { verified: true }],
  ['Bearer wrong', { verified: false, cause: 'wrong-signature' }],
  ['Bearer right ', { verified: false, cause: 'wrong-signature' }],
  ['Bearer  right', { verified: false, cause: 'wrong-signature' }],
  ['Bearer ', { verified: false, cause: 'wrong-signature' }],
  ['Bearer right,Bearer right', { verified: false, cause: 'wrong-signature' }],
  ['Basic right', { verified: false, cause: 'malformed-signature' }],
  ['right', { verified: false, cause: 'malformed-signature' }],
  ['', { verified: false, cause: 'missing-signature' }],
  [undefined, { verified: false, cause: 'missing-signature' }],
])('answers a bearer token of %j', async (authorization, verdict) => {
  const headers = authorization === undefined ? {} : { authorization };

  expect(await bearer().verify(aRequest({ headers }), ['right', 'older'], now)).toEqual(verdict);
});

it('refuses every token where there is no secret, the empty one included', async () => {
  const request = aRequest({ headers: { authorization: 'Bearer ' } });

  expect(await bearer().verify(request, [], now)).toEqual({ verified: false, cause: 'no-secret' });
  expect(await bearer().verify(request, [''], now)).toEqual({ verified: false, cause: 'no-secret' });
});

it('finds a token in a header, a query, a form or a body', async () => {
  const verify = (from: Parameters<typeof token>[0]['from'], request: Parameters<typeof aRequest>[0]) =>
    token({ name: 'test', from }).verify(aRequest(request), ['right'], now);

  expect(await verify('header:X-Key', { headers: { 'x-key': 'right' } })).toEqual({ verified: true });
  expect(await verify('query:key', { rawQuery: 'a=1&key=right' })).toEqual({ verified: true });
  expect(await verify('query:key', { rawQuery: 'key=right&key=wrong' })).toMatchObject({ verified: false });
  expect(await verify('form:key', { body: 'key=right' })).toEqual({ verified: true });
  expect(await verify('field:a.key', { body: '{"a":{"key":"right"}}' })).toEqual({ verified: true });
  expect(await verify('field:a.key', { body: '{"a":{"key":["right"]}}' })).toMatchObject({ verified: false });
  expect(await verify('field:a.key', { body: '{"a":' })).toMatchObject({ cause: 'missing-signature' });
});

it('asks for no secret where nothing is verified', async () => {
  expect(none().needsSecret).toBe(false);
  expect(await none().verify(aRequest(), [], now)).toEqual({ verified: true });
});
