import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, it } from 'vitest';
import { secretsManagerFetch } from '../../../functions/sources/secrets-manager.ts';

function aStore() {
  const client = new SecretsManagerClient({ region: 'us-east-1' });
  return { mock: mockClient(client), fetch: secretsManagerFetch(client, (source) => `hooklane/${source}`) };
}

it('reads the list of a source, anew each time', async () => {
  const { mock, fetch } = aStore();
  mock
    .on(GetSecretValueCommand, { SecretId: 'hooklane/acme' })
    .resolvesOnce({ SecretString: '["a"]' })
    .resolves({ SecretString: '["b", "a"]' });

  expect(await fetch('acme')).toEqual(['a']);
  expect(await fetch('acme')).toEqual(['b', 'a']);
});

it('takes a secret that does not exist for an empty list', async () => {
  const { mock, fetch } = aStore();
  mock
    .on(GetSecretValueCommand)
    .rejects(new ResourceNotFoundException({ message: 'no such secret', $metadata: {} }));

  expect(await fetch('acme')).toEqual([]);
});

it('rejects what is an outage or no list', async () => {
  const { mock, fetch } = aStore();
  mock.on(GetSecretValueCommand).rejectsOnce(new Error('down')).resolves({ SecretString: 'plain text' });

  await expect(fetch('acme')).rejects.toThrow('down');
  await expect(fetch('acme')).rejects.toThrow(/^(?!.*plain text)/);
});
