import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSecretsManager } from '../../local/secrets-manager.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const file = join(temporaryFolder(), 'secrets.json');
let front: Awaited<ReturnType<typeof startSecretsManager>>;
let client: SecretsManagerClient;

beforeAll(async () => {
  front = await startSecretsManager({ port: 0, file, log: () => undefined });
  client = new SecretsManagerClient({
    endpoint: front.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  await front.close();
});

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
