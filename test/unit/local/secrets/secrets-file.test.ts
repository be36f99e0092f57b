import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bearer, defineConfig, none, source } from 'hooklane';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMissingSecrets, readSecrets } from '../../../../local/secrets/secrets-file.ts';

const config = defineConfig({
  sources: {
    open: source({ verify: none(), id: 'id' }),
    acme: source({ verify: bearer(), id: 'id' }),
    twin: source({ verify: bearer(), id: 'id', secrets: 'acme' }),
    other: source({ verify: bearer(), id: 'id' }),
  },
});

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hooklane-'));
  file = join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makes a secret for each source that needs one, for its owner only', () => {
  const secrets = addMissingSecrets(file, config);

  expect(Object.keys(secrets)).toEqual(['acme', 'other']);
  expect(secrets['acme']?.[0]).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(secrets['acme']).not.toEqual(secrets['other']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readSecrets(file)).toEqual(secrets);
});

test('leaves what is there as it is', () => {
  writeFileSync(file, '{"acme": ["newest", "older"], "gone": [], "other": ["x"]}');

  const secrets = addMissingSecrets(file, config);

  expect(secrets).toEqual({ acme: ['newest', 'older'], gone: [], other: ['x'] });
  expect(readFileSync(file, 'utf8')).toBe('{"acme": ["newest", "older"], "gone": [], "other": ["x"]}');
});

test.each(['', '[]', '{"acme": "secret"}', '{"acme": [1]}', '{'])(
  'says what is wrong with a file of %j',
  (content) => {
    writeFileSync(file, content);

    expect(() => addMissingSecrets(file, config)).toThrow(/secrets\.json must be a JSON object of lists/);
  },
);
