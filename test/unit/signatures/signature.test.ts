import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hmac } from '../../../functions/signatures/hmac.ts';
import { signature } from '../../../functions/signatures/signature.ts';
import type { SignatureSpec } from '../../../functions/signatures/signature-spec.ts';
import { aRequest } from '../../support/a-request.ts';

const now = new Date('2026-03-01T12:00:00Z');
const nowSeconds = now.getTime() / 1000;

const plain = hmac({ algorithm: 'sha256', header: 'X-Signature', encoding: 'hex' });

const timed = hmac({
  algorithm: 'sha256',
  header: 'x-signature',
  encoding: 'hex',
  shape: { kind: 'list', separator: ',', signature: 'v1' },
  signed: '{timestamp}.{body}',
  timestamp: { from: 'signature:t', unit: 's', toleranceSeconds: 300, futureSeconds: 60 },
});

function hexOf(secret: string, ...pieces: (string | Uint8Array)[]): string {
  const mac = createHmac('sha256', secret);
  for (const piece of pieces) mac.update(piece);
  return mac.digest('hex');
}

describe('a signature over the body', () => {
  it('accepts bytes that are no text', async () => {
    const body = Uint8Array.of(0xff, 0x00, 0xfe, 0x80);
    const request = aRequest({ body, headers: { 'x-signature': hexOf('secret', body) } });

    expect(await plain.verify(request, ['secret'], now)).toEqual({ verified: true });
  });

  it('accepts any of several secrets, and refuses others', async () => {
    const request = aRequest({ body: 'hello', headers: { 'x-signature': hexOf('older', 'hello') } });

    expect(await plain.verify(request, ['newest', 'older'], now)).toEqual({ verified: true });
    expect(await plain.verify(request, ['newest'], now)).toEqual({
      verified: false,
      cause: 'wrong-signature',
    });
  });

  it('refuses a signature made for another body', async () => {
    const request = aRequest({ body: 'hello!', headers: { 'x-signature': hexOf('secret', 'hello') } });

    expect(await plain.verify(request, ['secret'], now)).toEqual({
      verified: false,
      cause: 'wrong-signature',
    });
  });

  it('refuses everything without a secret, and under an empty one', async () => {
    const request = aRequest({ body: 'hello', headers: { 'x-signature': hexOf('', 'hello') } });

    expect(await plain.verify(request, [], now)).toEqual({ verified: false, cause: 'no-secret' });
    expect(await plain.verify(request, [''], now)).toEqual({ verified: false, cause: 'no-secret' });
  });

  it.each([
    ['missing', undefined, 'missing-signature'],
    ['empty', '', 'missing-signature'],
    ['of odd length', hexOf('secret', 'hello').slice(1), 'malformed-signature'],
    ['too short', hexOf('secret', 'hello').slice(2), 'wrong-signature'],
    ['in upper case', hexOf('secret', 'hello').toUpperCase(), 'malformed-signature'],
    ['sent twice', `${hexOf('secret', 'hello')},${hexOf('secret', 'hello')}`, 'malformed-signature'],
    ['with a space before it', ` ${hexOf('secret', 'hello')}`, 'malformed-signature'],
    ['with junk after it', `${hexOf('secret', 'hello')}zz`, 'malformed-signature'],
    ['100 KB long', 'a'.repeat(100_000), 'malformed-signature'],
    ['not ASCII', 'ü'.repeat(64), 'malformed-signature'],
  ])('refuses a signature that is %s', async (_, value, cause) => {
    const headers = value === undefined ? {} : { 'x-signature': value };
    const request = aRequest({ body: 'hello', headers });

    expect(await plain.verify(request, ['secret'], now)).toEqual({ verified: false, cause });
  });

  it('reads hex of any case where the scheme says so', async () => {
    const lenient = hmac({ algorithm: 'sha256', header: 'x-signature', encoding: 'hex-any-case' });
    const upper = hexOf('secret', 'hello').toUpperCase();
    const request = aRequest({ body: 'hello', headers: { 'x-signature': upper } });

    expect(await lenient.verify(request, ['secret'], now)).toEqual({ verified: true });
  });
});

describe('a signed timestamp', () => {
  const at = (timestamp: string, signed = timestamp) =>
    timed.verify(
      aRequest({
        body: 'hello',
        headers: { 'x-signature': `t=${timestamp},v1=${hexOf('secret', `${signed}.hello`)}` },
      }),
      ['secret'],
      now,
    );

  it('is accepted up to its tolerance in the past and in the future', async () => {
    expect(await at(`${nowSeconds - 300}`)).toEqual({ verified: true });
    expect(await at(`${nowSeconds - 301}`)).toEqual({ verified: false, cause: 'timestamp-expired' });
    expect(await at(`${nowSeconds + 60}`)).toEqual({ verified: true });
    expect(await at(`${nowSeconds + 61}`)).toEqual({ verified: false, cause: 'timestamp-in-future' });
  });

  it('is refused in milliseconds where seconds are meant', async () => {
    expect(await at(`${now.getTime()}`)).toMatchObject({ verified: false });
  });

  it.each(['Infinity', '1e9', '+5', '-5', 'NaN', '0x10', '1.5', '99999999999999999999'])(
    'is refused when it is %s',
    async (text) => {
      expect(await at(text)).toEqual({ verified: false, cause: 'malformed-signature' });
    },
  );

  it('is refused when it differs from the one signed', async () => {
    expect(await at(`${nowSeconds}`, `${nowSeconds - 1}`)).toEqual({
      verified: false,
      cause: 'wrong-signature',
    });
  });

  it('counts beside another in its list that is spelled otherwise, but not without one that is right', async () => {
    const right = hexOf('secret', `${nowSeconds}.hello`);
    const send = (value: string) =>
      timed.verify(aRequest({ body: 'hello', headers: { 'x-signature': value } }), ['secret'], now);

    expect(await send(`t=${nowSeconds},v1=dummy,v1=${right}`)).toEqual({ verified: true });
    expect(await send(`t=${nowSeconds},v1=${right},v1=dummy`)).toEqual({ verified: true });
    expect(await send(`t=${nowSeconds},v1=dummy`)).toMatchObject({ cause: 'malformed-signature' });
    expect(await send(`t=${nowSeconds},v1=dummy,v1=${'0'.repeat(64)}`)).toMatchObject({
      cause: 'wrong-signature',
    });
  });

  it('makes the request malformed where it stands beside a right one in anything but a list', async () => {
    const words = signature({
      name: 'words',
      algorithm: 'hmac-sha256',
      from: 'header:x-signature',
      shape: { kind: 'words', separator: ' ', prefix: 'v1,' },
      encoding: 'hex',
      signed: '{body}',
    });
    const value = `v1,dummy v1,${hexOf('secret', 'hello')}`;
    const request = aRequest({ body: 'hello', headers: { 'x-signature': value } });

    expect(await words.verify(request, ['secret'], now)).toMatchObject({ cause: 'malformed-signature' });
  });

  it('is refused when it is missing, or there twice', async () => {
    const right = hexOf('secret', `${nowSeconds}.hello`);
    const send = (value: string) =>
      timed.verify(aRequest({ body: 'hello', headers: { 'x-signature': value } }), ['secret'], now);

    expect(await send(`v1=${right}`)).toEqual({ verified: false, cause: 'missing-signature' });
    expect(await send(`t=${nowSeconds},t=${nowSeconds},v1=${right}`)).toEqual({
      verified: false,
      cause: 'malformed-signature',
    });
  });

  it('is read from RFC 3339 with a zone, and from nothing looser', async () => {
    const iso = hmac({
      algorithm: 'sha256',
      header: 'x-signature',
      encoding: 'hex',
      signed: '{timestamp}{body}',
      timestamp: { from: 'header:x-time', unit: 'iso' },
    });
    const send = (time: string) =>
      iso.verify(
        aRequest({
          body: 'hello',
          headers: { 'x-time': time, 'x-signature': hexOf('secret', `${time}hello`) },
        }),
        ['secret'],
        now,
      );

    expect(await send('2026-03-01T12:00:30.5Z')).toEqual({ verified: true });
    expect(await send('2026-03-01T14:00:00+02:00')).toEqual({ verified: true });
    expect(await send('2026-03-01T12:00:00')).toMatchObject({ verified: false });
    expect(await send('2026-03-01')).toMatchObject({ verified: false });
    expect(await send('2026-13-01T12:00:00Z')).toMatchObject({ verified: false });
    expect(await send('Sun, 01 Mar 2026 12:00:00 GMT')).toMatchObject({ verified: false });
  });
});

describe('public keys', () => {
  it('verify ed25519 under a raw key, and no other length of key', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
    const verifier = signature({
      name: 'test',
      algorithm: 'ed25519',
      key: { format: 'raw-hex' },
      from: 'header:x-signature',
      encoding: 'hex',
      signed: '{header:x-time}{body}',
    });
    const signed = sign(null, Buffer.from('12hello'), privateKey).toString('hex');
    const request = aRequest({ body: 'hello', headers: { 'x-time': '12', 'x-signature': signed } });

    expect(await verifier.verify(request, [raw], now)).toEqual({ verified: true });
    expect(await verifier.verify({ ...request, body: Buffer.from('hell') }, [raw], now)).toMatchObject({
      cause: 'wrong-signature',
    });
    expect(await verifier.verify(request, [raw.slice(2)], now)).toMatchObject({ cause: 'no-secret' });
  });

  it('verify ECDSA P-256 and RSA, and refuse a key of another kind', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const otherCurve = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = (key: typeof ec.publicKey) => key.export({ format: 'der', type: 'spki' }).toString('base64');
    const scheme = (algorithm: SignatureSpec['algorithm']) =>
      signature({
        name: 'test',
        algorithm,
        key: { format: 'spki-base64' },
        from: 'header:x-signature',
        encoding: 'base64',
        signed: '{body}',
      });
    const requestOf = (key: typeof ec.privateKey, hash: string) =>
      aRequest({
        body: 'hello',
        headers: { 'x-signature': sign(hash, Buffer.from('hello'), key).toString('base64') },
      });

    const ecdsa = scheme('ecdsa-p256-sha256');
    expect(await ecdsa.verify(requestOf(ec.privateKey, 'sha256'), [spki(ec.publicKey)], now)).toEqual({
      verified: true,
    });
    expect(
      await ecdsa.verify(requestOf(otherCurve.privateKey, 'sha256'), [spki(otherCurve.publicKey)], now),
    ).toMatchObject({ cause: 'no-secret' });
    expect(await ecdsa.verify(requestOf(ec.privateKey, 'sha256'), [spki(rsa.publicKey)], now)).toMatchObject({
      cause: 'no-secret',
    });
    // An EC signature is right under its own key, but that key is none for RSA.
    expect(
      await scheme('rsa-sha256').verify(requestOf(ec.privateKey, 'sha256'), [spki(ec.publicKey)], now),
    ).toMatchObject({ cause: 'no-secret' });
    for (const hash of ['sha1', 'sha256'] as const) {
      const request = requestOf(rsa.privateKey, hash);
      expect(await scheme(`rsa-${hash}`).verify(request, [spki(rsa.publicKey)], now)).toEqual({
        verified: true,
      });
    }
    expect(
      await scheme('rsa-sha256').verify(requestOf(rsa.privateKey, 'sha1'), [spki(rsa.publicKey)], now),
    ).toMatchObject({ cause: 'wrong-signature' });
  });

  it('take a public key in PEM, never a private one', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const verifier = signature({
      name: 'test',
      algorithm: 'rsa-sha256',
      key: { format: 'pem' },
      from: 'header:x-signature',
      encoding: 'base64',
      signed: '{body}',
    });
    const signed = sign('sha256', Buffer.from('hello'), privateKey).toString('base64');
    const request = aRequest({ body: 'hello', headers: { 'x-signature': signed } });
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    const privatePem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();

    expect(await verifier.verify(request, [pem], now)).toEqual({ verified: true });
    expect(await verifier.verify(request, [privatePem], now)).toMatchObject({ cause: 'no-secret' });
  });
});

describe('the spelling of a secret', () => {
  const under = (key: NonNullable<SignatureSpec['key']>, secret: string, keyBytes: Buffer) =>
    hmac({ algorithm: 'sha256', header: 'x-signature', encoding: 'base64', key }).verify(
      aRequest({
        body: 'hello',
        headers: { 'x-signature': createHmac('sha256', keyBytes).update('hello').digest('base64') },
      }),
      [secret],
      now,
    );
  const bytes = Buffer.from('00112233445566778899aabbccddeeff', 'hex');

  it('is read strictly', async () => {
    const base64 = bytes.toString('base64');

    expect(await under({ format: 'hex' }, bytes.toString('hex'), bytes)).toEqual({ verified: true });
    expect(await under({ format: 'base64' }, base64, bytes)).toEqual({ verified: true });
    expect(await under({ format: 'base64', prefix: 'whsec_' }, `whsec_${base64}`, bytes)).toEqual({
      verified: true,
    });
    expect(await under({ format: 'base64' }, base64.replace('==', ''), bytes)).toMatchObject({
      cause: 'no-secret',
    });
    expect(await under({ format: 'base64' }, ` ${base64}`, bytes)).toMatchObject({ cause: 'no-secret' });
    expect(await under({ format: 'hex' }, `${bytes.toString('hex')}0`, bytes)).toMatchObject({
      cause: 'no-secret',
    });
    expect(await under({ format: 'base64', prefix: 'whsec_' }, 'whsec_', Buffer.alloc(0))).toMatchObject({
      cause: 'no-secret',
    });
  });

  it('does not keep a good secret from verifying beside a bad one', async () => {
    const verifier = hmac({
      algorithm: 'sha256',
      header: 'x-signature',
      encoding: 'hex',
      key: { format: 'hex' },
    });
    const signed = createHmac('sha256', bytes).update('hello').digest('hex');
    const request = aRequest({ body: 'hello', headers: { 'x-signature': signed } });

    expect(await verifier.verify(request, ['not hex', bytes.toString('hex')], now)).toEqual({
      verified: true,
    });
  });
});

it.each([
  ['a&amp;b', 'a&b'],
  ['a&b', 'a&b'],
  ['&lt;&#60;&#x3C;&#062;&gt;&quot;&#34;&#039;&#X27;', `<<<>>""''`],
  ['&amp;lt;&nbsp;&#65;&apos;&AMP;', '&lt;&nbsp;&#65;&apos;&AMP;'],
])('takes the HTML text %j for the key %j', async (secret, key) => {
  const wordpress = hmac({
    algorithm: 'sha256',
    header: 'x-signature',
    encoding: 'hex',
    key: { format: 'html' },
  });
  const request = aRequest({ body: 'hello', headers: { 'x-signature': hexOf(key, 'hello') } });

  expect(await wordpress.verify(request, [secret], now)).toEqual({ verified: true });
});

describe('keys that the sender names', () => {
  it('are chosen by that name, and no other is tried', async () => {
    const verifier = hmac({
      algorithm: 'sha256',
      header: 'x-signature',
      encoding: 'hex',
      keyName: 'header:x-key-id',
    });
    const send = (keyId: string) =>
      verifier.verify(
        aRequest({ body: 'hello', headers: { 'x-key-id': keyId, 'x-signature': hexOf('one', 'hello') } }),
        ['a:one', 'b:two', 'urn:key:1:one'],
        now,
      );

    expect(await send('a')).toEqual({ verified: true });
    expect(await send('urn:key:1')).toEqual({ verified: true });
    expect(await send('b')).toMatchObject({ cause: 'wrong-signature' });
    expect(await send('c')).toMatchObject({ cause: 'no-secret' });
    expect(await send('')).toMatchObject({ cause: 'missing-signature' });
  });
});

describe('a scheme with a mistake in it', () => {
  const base = { algorithm: 'sha256', header: 'x-signature', encoding: 'hex' } as const;

  it.each([
    ['an unknown placeholder', { signed: '{body}{nonsense}' }, 'unknown placeholder {nonsense}'],
    ['a stray brace', { signed: '{body' }, 'brace'],
    ['nothing signed', { signed: 'constant' }, 'takes nothing from the request'],
    ['an empty template', { signed: '' }, 'takes nothing from the request'],
    ['nothing signed but the secret', { signed: '{secret}' }, 'takes nothing from the request'],
    ['no template', { signed: [] }, 'nothing is signed'],
    ['a stray brace behind', { signed: '{body}}' }, 'brace'],
    ['a placeholder that only ends like one', { signed: '{xheader:a}' }, 'unknown placeholder {xheader:a}'],
    ['an undeclared id beside another template', { signed: ['{body}', '{id}'] }, 'none is declared'],
    ['an undeclared timestamp', { signed: '{timestamp}{body}' }, 'none is declared'],
    ['an undeclared id', { signed: '{id}{body}' }, 'none is declared'],
    ['no header', { header: '' }, 'is no place'],
  ])('says so and verifies nothing: %s', async (_, mistake, message) => {
    const verifier = hmac({ ...base, ...mistake });
    const request = aRequest({ body: 'hello', headers: { 'x-signature': hexOf('secret', 'hello') } });

    expect(verifier.problems?.join()).toContain(message);
    expect(await verifier.verify(request, ['secret'], now)).toEqual({ verified: false, cause: 'no-secret' });
  });

  it('has none where what its template signs is declared', () => {
    const declared = hmac({
      ...base,
      signed: '{id}{timestamp}{body}',
      id: 'header:id',
      timestamp: { from: 'header:t', unit: 's' },
    });

    expect(declared).toMatchObject({ name: 'hmac-sha256', problems: [] });
  });

  it('has a plain digest without the secret in one of its templates', () => {
    const open = signature({
      name: 'test',
      algorithm: 'digest-sha256',
      from: 'header:x-signature',
      encoding: 'hex',
      signed: ['{secret}{body}', '{body}'],
    });

    expect(open.problems).toEqual(['a plain digest must have the {secret} in its template']);
  });

  it.each([
    [{ encoding: 'hexx' }, '"hexx" is no encoding'],
    [{ encoding: 'utf8' }, '"utf8" is no encoding'],
    [{ key: { format: 'text' } }, '"text" is no format of a key'],
    [{ key: { format: 'constructor' } }, '"constructor" is no format of a key'],
  ])('has a word that is none of the list: %j', async (mistake, problem) => {
    const mistaken = hmac({ ...base, ...(mistake as object) });

    expect(mistaken.problems).toEqual([problem]);
    expect(await mistaken.verify(aRequest({ headers: { 'x-signature': '00' } }), ['secret'], now)).toEqual({
      verified: false,
      cause: 'no-secret',
    });
  });

  it.each(['hex', 'hex-any-case', 'base64', 'base64url'] as const)('may be in %s', (encoding) => {
    expect(hmac({ ...base, encoding }).problems).toEqual([]);
  });

  it.each([
    'utf8',
    'html',
    'hex',
    'base64',
    'sha1-of-utf8',
    'raw-hex',
    'raw-base64',
    'spki-base64',
    'pem',
  ] as const)('may have a key spelled as %s', (format) => {
    expect(hmac({ ...base, key: { format } }).problems).toEqual([]);
  });

  it('has no algorithm by an inherited name', () => {
    const verifier = signature({
      name: 'test',
      // @ts-expect-error: what a configuration in JavaScript may say
      algorithm: 'constructor',
      from: 'header:x-signature',
      encoding: 'hex',
      signed: '{body}',
    });

    expect(verifier.problems).toEqual(['"constructor" is no signature algorithm']);
  });
});
