import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localClientConfig } from '../../local/client-config.ts';
import { secretsManagerKeep } from '../../functions/secrets/secrets-manager.ts';
import { startSecretsManager } from '../../local/secrets/secrets-manager.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const file = join(temporaryFolder(), 'secrets.json');
let front: Awaited<ReturnType<typeof startSecretsManager>>;
let client: SecretsManagerClient;

beforeAll(async () => {
  front = await startSecretsManager({ port: 0, file, log: () => undefined });
  client = aClient();
});
afterAll(async () => {
  client.destroy();
  await front.close();
});

const aClient = () => new SecretsManagerClient({ ...localClientConfig(front.url), maxAttempts: 1 });

async function secretOf(id: string): Promise<unknown> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
  return JSON.parse(SecretString ?? '');
}

test('a source has the secrets of the file, at once when they change', async () => {
  writeFileSync(file, '{"acme": ["newest", "older"], "other": []}');
  expect(await secretOf('hooklane/acme')).toEqual(['newest', 'older']);
  expect(await secretOf('hooklane/other')).toEqual([]);

  writeFileSync(file, '{"acme": ["rotated", "newest"]}');
  expect(await secretOf('hooklane/acme')).toEqual(['rotated', 'newest']);
});

test.each(['hooklane/unknown', 'acme', 'hooklane/__proto__', 'hooklane/'])('%s is not found', async (id) => {
  writeFileSync(file, '{"acme": ["newest"]}');

  await expect(secretOf(id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a file with a mistake is an error of the service, which the client may retry', async () => {
  writeFileSync(file, '{"acme": "newest"');

  await expect(secretOf('hooklane/acme')).rejects.toMatchObject({
    name: 'InternalServiceError',
    $metadata: { httpStatusCode: 500 },
  });
});

const opened = `pairing:${new Date(Date.now() + 600_000).toISOString()}`;
const keep = (secret: string) =>
  secretsManagerKeep(client, (source) => `hooklane/${source}`)('acme', secret, new Date());

test('of several secrets handed over at once one is kept, and written to the file for its owner only', async () => {
  writeFileSync(file, JSON.stringify({ acme: [opened], other: ['as before'] }));
  const secrets = Array.from({ length: 5 }, (_, n) => `secret-handed-over-${n}`);

  const outcomes = await Promise.all(secrets.map(keep));

  const kept = secrets.filter((_, n) => outcomes[n] === 'kept');
  expect(kept).toHaveLength(1);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ acme: kept, other: ['as before'] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await keep('secret-that-comes-later')).toBe('refused');
});

test('an operator who opens pairing again gets another secret', async () => {
  writeFileSync(file, JSON.stringify({ acme: [opened] }));
  await keep('secret-handed-over-first');
  writeFileSync(file, JSON.stringify({ acme: [opened.replace('Z', '0Z')] }));

  expect(await keep('secret-handed-over-again')).toBe('kept');
  expect(await secretOf('hooklane/acme')).toEqual(['secret-handed-over-again']);
});

test('a secret that was stored after pairing was looked at stands', async () => {
  writeFileSync(file, JSON.stringify({ acme: [opened.replace('Z', '1Z')] }));
  const slow = aClient();
  slow.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'UpdateSecretVersionStageCommand') {
          writeFileSync(file, '{"acme": ["stored by an operator"]}');
        }
        return await next(args);
      },
    { step: 'initialize' },
  );
  const late = secretsManagerKeep(slow, (source) => `hooklane/${source}`);

  expect(await late('acme', 'secret-handed-over-late', new Date())).toBe('refused');
  expect(await secretOf('hooklane/acme')).toEqual(['stored by an operator']);
  slow.destroy();
});

test('a value that would become current at once is not taken', async () => {
  writeFileSync(file, '{"acme": ["newest"]}');
  const put = new PutSecretValueCommand({ SecretId: 'hooklane/acme', SecretString: '["overwritten"]' });

  await expect(client.send(put)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  expect(await secretOf('hooklane/acme')).toEqual(['newest']);
});
