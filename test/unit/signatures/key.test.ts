import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hmacKey, publicKey, type KeyFormat } from '../../../functions/signatures/key.ts';

const hex = (key: Buffer | undefined) => key?.toString('hex');

describe('an HMAC key', () => {
  it.each<[KeyFormat, string, string]>([
    ['utf8', 'é', 'c3a9'],
    ['html', '&lt;&gt;&amp;&quot;&#39;&#x27;&#X3C;&#0034;&#x3e;&#x3E;é', '3c3e262227273c223e3ec3a9'],
    ['html', '&amp;lt;', Buffer.from('&lt;').toString('hex')],
    ['html', '&nbsp;&#65;', Buffer.from('&nbsp;&#65;').toString('hex')],
    ['hex', '00fF', '00ff'],
    ['base64', 'AP8=', '00ff'],
    // As `printf abc | sha1sum` says.
    ['sha1-of-utf8', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ])('spelled as %s: %s', (format, secret, expected) => {
    expect(hex(hmacKey(secret, { format }))).toBe(expected);
  });

  it.each<[KeyFormat, string]>([
    ['utf8', ''],
    ['sha1-of-utf8', ''],
    ['html', ''],
    ['hex', 'abc'],
    ['hex', 'xy'],
    ['base64', 'AP8'],
    ['raw-hex', '00'.repeat(32)],
    ['raw-base64', 'AP8='],
    ['spki-base64', 'AP8='],
    ['pem', '-----BEGIN PUBLIC KEY-----'],
  ])('is none where it is not spelled as %s: %j', (format, secret) => {
    expect(hmacKey(secret, { format })).toBeUndefined();
  });

  it('is taken without its prefix, which it need not have unless that is said', () => {
    const spec = { format: 'utf8', prefix: 'whsec_' } as const;

    expect(hmacKey('whsec_a', spec)?.toString()).toBe('a');
    expect(hmacKey('a', spec)?.toString()).toBe('a');
    expect(hmacKey('a', { ...spec, mustHavePrefix: true })).toBeUndefined();
    expect(hmacKey('whsec_', spec)).toBeUndefined();
    expect(hmacKey('whsec_', { ...spec, mustHavePrefix: true })).toBeUndefined();
    expect(hmacKey('a', { format: 'utf8', mustHavePrefix: true })).toBeUndefined();
  });
});

describe('a public key', () => {
  const pair = generateKeyPairSync('ed25519');
  const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
  const raw = spki.subarray(-32);
  const pem = pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();

  it.each<[KeyFormat, string]>([
    ['raw-hex', raw.toString('hex')],
    ['raw-hex', raw.toString('hex').toUpperCase()],
    ['raw-base64', raw.toString('base64')],
    ['spki-base64', spki.toString('base64')],
    ['pem', pem],
    ['pem', `\n${pem}`],
  ])('is read where it is spelled as %s', (format, secret) => {
    expect(publicKey(secret, { format })?.equals(pair.publicKey)).toBe(true);
  });

  const privatePem = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  it.each<[KeyFormat, string, string]>([
    ['raw-hex', 'a byte short', raw.subarray(1).toString('hex')],
    ['raw-hex', 'a byte long', Buffer.concat([raw, Buffer.of(0)]).toString('hex')],
    ['raw-hex', 'no hex', 'z'.repeat(64)],
    ['raw-base64', 'unpadded', raw.toString('base64').replace('=', '')],
    ['spki-base64', 'not a key', 'AAAA'],
    ['spki-base64', 'no base64', '!'],
    ['pem', 'a private key, which would do for Node', privatePem],
    ['pem', 'a private key with a public one behind', `${privatePem}${pem}`],
    ['pem', 'behind something else', `x${pem}`],
    ['pem', 'broken', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
    ['pem', 'empty', ''],
    ['utf8', 'shared', pem],
    ['html', 'shared', pem],
    ['hex', 'shared', raw.toString('hex')],
    ['base64', 'shared', spki.toString('base64')],
    ['sha1-of-utf8', 'shared', pem],
  ])('spelled as %s is none where it is %s', (format, _, secret) => {
    expect(publicKey(secret, { format })).toBeUndefined();
  });

  it('has a private half that Node would take: the test above is worth something', () => {
    expect(createPublicKey(privatePem).equals(pair.publicKey)).toBe(true);
  });
});
