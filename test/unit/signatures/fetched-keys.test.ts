import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { fetchedKeys } from '../../../functions/signatures/fetched-keys.ts';
import { KeysUnreachable } from '../../../functions/signatures/verdict.ts';

const { publicKey: key } = generateKeyPairSync('ed25519');
const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);

it('keeps a key for an hour, and no longer than it is good', async () => {
  const asked: string[] = [];
  const keys = fetchedKeys(async (name) => {
    asked.push(name);
    return { [name]: name === 'short' ? { key, expiresAt: at(60) } : { key } };
  });

  expect(await keys.find('long', [], at(0))).toBe(key);
  expect(await keys.find('long', [], at(3599))).toBe(key);
  expect(asked).toEqual(['long']);
  await keys.find('long', [], at(3600));
  expect(asked).toEqual(['long', 'long']);
  expect(await keys.find('short', [], at(59))).toBe(key);
  expect(await keys.find('short', [], at(60))).toBeUndefined();
});

it('asks once for callers that come at the same time', async () => {
  let asked = 0;
  const keys = fetchedKeys(async (name) => {
    asked++;
    await Promise.resolve();
    return { [name]: { key } };
  });

  const found = await Promise.all(Array.from({ length: 20 }, () => keys.find('a', [], at(0))));

  expect(new Set(found)).toEqual(new Set([key]));
  expect(asked).toBe(1);
});

it('asks for no more than ten names a minute, and goes on serving the known ones', async () => {
  let asked = 0;
  const keys = fetchedKeys(async (name) => {
    asked++;
    return name === 'good' ? { good: { key } } : {};
  });
  await keys.find('good', [], at(0));

  for (let i = 0; i < 9; i++) expect(await keys.find(`bad-${i}`, [], at(1))).toBeUndefined();
  await expect(keys.find('bad-9', [], at(2))).rejects.toThrow(KeysUnreachable);
  expect(await keys.find('good', [], at(3))).toBe(key);
  expect(asked).toBe(10);
  await expect(keys.find('bad-10', [], at(59.999))).rejects.toThrow('too many keys were asked for');
  // The first was asked for a minute ago.
  expect(await keys.find('bad-11', [], at(60))).toBeUndefined();
  await expect(keys.find('bad-12', [], at(60))).rejects.toThrow(KeysUnreachable);
  expect(await keys.find('bad-13', [], at(61))).toBeUndefined();
});

it('tries again after a failure', async () => {
  let isUp = false;
  const keys = fetchedKeys(async () => {
    if (!isUp) throw new Error('down');
    return { a: { key } };
  });

  await expect(keys.find('a', [], at(0))).rejects.toMatchObject({
    name: 'KeysUnreachable',
    cause: { message: 'down' },
  });
  isUp = true;
  expect(await keys.find('a', [], at(1))).toBe(key);
});
