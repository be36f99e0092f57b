import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkWith, isAlgorithm } from '../../../functions/signatures/algorithm.ts';
import type { KeySpec } from '../../../functions/signatures/key.ts';

const signed = [Buffer.from('one '), Buffer.from('two')];
const whole = Buffer.concat(signed);
const utf8: KeySpec = { format: 'utf8' };
const pem: KeySpec = { format: 'pem' };

const keys = {
  ed25519: generateKeyPairSync('ed25519'),
  p256: generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
const pemOf = (name: keyof typeof keys) =>
  keys[name].publicKey.export({ format: 'pem', type: 'spki' }).toString();

it.each(['md5', 'sha1', 'sha256', 'sha512'])(
  'checks an HMAC of %s over all pieces, in their order',
  (hash) => {
    const check = checkWith('key', `hmac-${hash}`, utf8);
    const right = createHmac(hash, 'key').update(whole).digest();

    expect(check?.(signed, [right])).toBe(true);
    expect(check?.(signed.toReversed(), [right])).toBe(false);
    expect(check?.(signed, [createHmac(hash, 'other').update(whole).digest()])).toBe(false);
  },
);

it('checks a plain digest, whose template holds the secret', () => {
  const check = checkWith('key', 'digest-sha256', utf8);

  expect(check?.(signed, [createHash('sha256').update(whole).digest()])).toBe(true);
  expect(check?.(signed, [createHash('sha256').update('one').digest()])).toBe(false);
});

it('takes one right signature among wrong ones, wherever it stands, and none of another length', () => {
  const check = checkWith('key', 'hmac-sha256', utf8);
  const right = createHmac('sha256', 'key').update(whole).digest();
  const wrong = Buffer.alloc(32);

  expect(check?.(signed, [right, wrong])).toBe(true);
  expect(check?.(signed, [wrong, right])).toBe(true);
  expect(check?.(signed, [right.subarray(1), wrong, Buffer.concat([right, right]), Buffer.alloc(0)])).toBe(
    false,
  );
  expect(check?.(signed, [])).toBe(false);
});

describe('public keys', () => {
  it.each<[string, keyof typeof keys, string | null]>([
    ['ed25519', 'ed25519', null],
    ['ecdsa-p256-sha256', 'p256', 'sha256'],
    ['rsa-sha1', 'rsa', 'sha1'],
    ['rsa-sha256', 'rsa', 'sha256'],
  ])('check %s, one right signature among wrong ones', (algorithm, name, hash) => {
    const check = checkWith(pemOf(name), algorithm, pem);
    const right = sign(hash, whole, keys[name].privateKey);

    expect(check?.(signed, [Buffer.alloc(7), right])).toBe(true);
    expect(check?.(signed, [right, Buffer.alloc(0)])).toBe(true);
    expect(check?.([Buffer.from('one')], [right])).toBe(false);
    expect(check?.(signed, [Buffer.alloc(right.length)])).toBe(false);
  });

  it.each<[string, keyof typeof keys]>([
    ['ed25519', 'rsa'],
    ['ed25519', 'p256'],
    ['ecdsa-p256-sha256', 'p384'],
    ['ecdsa-p256-sha256', 'ed25519'],
    ['rsa-sha256', 'p256'],
    ['rsa-sha1', 'ed25519'],
    ['rsa-md5', 'rsa'],
    ['constructor', 'rsa'],
  ])('of another kind say nothing: %s under %s', (algorithm, name) => {
    expect(checkWith(pemOf(name), algorithm, pem)).toBeUndefined();
  });
});

it.each(['hmac-sha256', 'digest-sha256', 'ed25519', 'rsa-sha256'])(
  'has no check under an empty secret: %s',
  (algorithm) => {
    expect(checkWith('', algorithm, utf8)).toBeUndefined();
    expect(checkWith('', algorithm, pem)).toBeUndefined();
  },
);

it('knows what an algorithm is', () => {
  expect(['hmac-md5', 'digest-sha256', 'ed25519', 'rsa-sha1'].map(isAlgorithm)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['hmac-sha3', 'sha256', '', '__proto__', 'toString'].map(isAlgorithm)).toEqual(Array(5).fill(false));
});
