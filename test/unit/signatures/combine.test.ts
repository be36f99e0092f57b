import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { apiKey } from '../../../functions/signatures/api-key.ts';
import { basic } from '../../../functions/signatures/basic.ts';
import { all, any } from '../../../functions/signatures/combine.ts';
import { hmac } from '../../../functions/signatures/hmac.ts';
import { ipRanges } from '../../../functions/signatures/ip-ranges.ts';
import { aRequest } from '../../support/a-request.ts';

const now = new Date();
const signed = hmac({ algorithm: 'sha256', header: 'x-signature', encoding: 'hex' });
const signature = createHmac('sha256', 'secret').update('hello').digest('hex');

describe('all', () => {
  const verifier = all(signed, ipRanges(['203.0.113.0/24', '2001:db8::/32', '198.51.100.7']));
  const send = async (sourceIp: string | undefined, header = signature) =>
    await verifier.verify(
      aRequest({
        body: 'hello',
        headers: { 'x-signature': header },
        ...(sourceIp === undefined ? {} : { sourceIp }),
      }),
      ['secret'],
      now,
    );

  it.each(['203.0.113.9', '2001:db8::1', '198.51.100.7'])('accepts a signed request from %s', async (ip) => {
    expect(await send(ip)).toEqual({ verified: true });
  });

  it.each(['203.0.114.9', '2001:db9::1', '198.51.100.8', '', 'nonsense', undefined, '203.0.113.9, 1.2.3.4'])(
    'refuses a signed request from %j',
    async (ip) => {
      expect(await send(ip)).toMatchObject({ verified: false });
    },
  );

  it('refuses an address without a signature', async () => {
    expect(await send('203.0.113.9', '00')).toMatchObject({ verified: false });
  });

  it('of nothing accepts nothing', async () => {
    expect(await all().verify(aRequest(), ['secret'], now)).toMatchObject({ verified: false });
    expect(all().problems).toHaveLength(1);
  });
});

describe('ranges with a mistake', () => {
  it.each([[[]], [['203.0.113.0/33']], [['nonsense']], [['203.0.113.0/24', '1.2.3']], [['203.0.113.0/-1']]])(
    '%j are reported and let nobody in',
    async (ranges) => {
      const verifier = ipRanges(ranges);

      expect(verifier.problems).not.toEqual([]);
      expect(await verifier.verify(aRequest({ sourceIp: '203.0.113.1' }), [], now)).toMatchObject({
        verified: false,
      });
    },
  );
});

describe('any', () => {
  const verifier = any(signed, apiKey({ header: 'X-Key' }), basic());

  it('accepts each of its ways', async () => {
    const send = async (headers: Record<string, string>) =>
      await verifier.verify(aRequest({ body: 'hello', headers }), ['secret', 'user:pa:ss'], now);

    expect(await send({ 'x-signature': signature })).toEqual({ verified: true });
    expect(await send({ 'x-key': 'secret' })).toEqual({ verified: true });
    expect(await send({ authorization: `Basic ${btoa('user:pa:ss')}` })).toEqual({ verified: true });
    expect(await send({ authorization: `Basic ${btoa('user:pass')}` })).toMatchObject({ verified: false });
    expect(await send({ authorization: 'Basic user:pa:ss' })).toMatchObject({ verified: false });
    expect(await send({})).toEqual({ verified: false, cause: 'missing-signature' });
  });

  it('records the refusal that got furthest', async () => {
    const request = aRequest({ body: 'hello!', headers: { 'x-signature': signature } });

    expect(await verifier.verify(request, ['secret'], now)).toEqual({
      verified: false,
      cause: 'wrong-signature',
    });
  });

  it('knows the headers that hold secrets', () => {
    expect(verifier.secretHeaders).toEqual(['x-key', 'authorization']);
  });

  it('of nothing accepts nothing', async () => {
    expect(await any().verify(aRequest(), ['secret'], now)).toMatchObject({ verified: false });
  });
});

it('takes a key from a query', async () => {
  const request = aRequest({ rawQuery: 'key=a%20b' });

  expect(await apiKey({ query: 'key' }).verify(request, ['a b'], now)).toEqual({ verified: true });
});
