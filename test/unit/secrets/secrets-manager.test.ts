import {
  GetSecretValueCommand,
  InvalidParameterException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { secretsManagerFetch, secretsManagerKeep } from '../../../functions/secrets/secrets-manager.ts';

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

describe('keeping a handed-over secret', () => {
  const now = new Date('2026-11-24T10:00:00Z');
  const open = { SecretString: '["pairing:2026-11-24T10:30:00Z"]', VersionId: 'opened' };
  const secret = 'a-secret-handed-over';
  const refusal = { message: 'refused', $metadata: {} };

  function aPairing() {
    const client = new SecretsManagerClient({ region: 'us-east-1' });
    const mock = mockClient(client);
    mock.on(GetSecretValueCommand, { SecretId: 'hooklane/acme' }).resolves(open);
    mock.on(PutSecretValueCommand).resolves({});
    mock.on(UpdateSecretVersionStageCommand).resolves({});
    const keep = secretsManagerKeep(client, (source) => `hooklane/${source}`);
    return { mock, keep: () => keep('acme', secret, now) };
  }

  it('makes it current in place of the version that opened pairing, and of no other', async () => {
    const { mock, keep } = aPairing();

    expect(await keep()).toBe('kept');

    const [put] = mock.commandCalls(PutSecretValueCommand).map(({ args }) => args[0].input);
    const [move] = mock.commandCalls(UpdateSecretVersionStageCommand).map(({ args }) => args[0].input);
    expect(put).toMatchObject({ SecretId: 'hooklane/acme', SecretString: `["${secret}"]` });
    expect(put?.VersionStages).not.toContain('AWSCURRENT');
    expect(move).toEqual({
      SecretId: 'hooklane/acme',
      VersionStage: 'AWSCURRENT',
      RemoveFromVersionId: 'opened',
      MoveToVersionId: put?.ClientRequestToken,
    });
    // Secrets Manager takes 32 to 64 characters.
    expect(put?.ClientRequestToken).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['a secret is there', { SecretString: '["another-secret-of-it"]', VersionId: 'v' }],
    ['nobody opened it', { SecretString: '[]', VersionId: 'v' }],
    ['its time is over', { SecretString: '["pairing:2026-11-24T10:00:00Z"]', VersionId: 'v' }],
    ['the version has no name', { SecretString: open.SecretString }],
    ['there is no text', { VersionId: 'v' }],
  ])('refuses and writes nothing where %s', async (_, stored) => {
    const { mock, keep } = aPairing();
    mock.on(GetSecretValueCommand).resolves(stored);

    expect(await keep()).toBe('refused');
    expect(mock.calls()).toHaveLength(1);
  });

  it('refuses where another secret came first', async () => {
    const { mock, keep } = aPairing();
    mock.on(PutSecretValueCommand).rejects(new ResourceExistsException(refusal));

    expect(await keep()).toBe('refused');
    expect(mock.commandCalls(UpdateSecretVersionStageCommand)).toEqual([]);
  });

  it('refuses where somebody stored a secret meanwhile', async () => {
    const { mock, keep } = aPairing();
    mock.on(UpdateSecretVersionStageCommand).rejects(new InvalidParameterException(refusal));
    mock
      .on(GetSecretValueCommand)
      .resolvesOnce(open)
      .resolves({ ...open, VersionId: 'of an operator' });

    expect(await keep()).toBe('refused');
  });

  it('knows its own write again where its answer was lost', async () => {
    const { mock, keep } = aPairing();
    mock.on(UpdateSecretVersionStageCommand).rejects(new InvalidParameterException(refusal));
    let reads = 0;
    mock.on(GetSecretValueCommand).callsFake(() => {
      const [put] = mock.commandCalls(PutSecretValueCommand);
      return reads++ === 0 ? open : { ...open, VersionId: put?.args[0].input.ClientRequestToken };
    });

    expect(await keep()).toBe('kept');
  });

  it.each<[string, (mock: ReturnType<typeof aPairing>['mock']) => unknown]>([
    ['read', (mock) => mock.on(GetSecretValueCommand).rejects(new Error('down'))],
    ['written', (mock) => mock.on(PutSecretValueCommand).rejects(new Error('down'))],
    ['made current', (mock) => mock.on(UpdateSecretVersionStageCommand).rejects(new Error('down'))],
  ])('rejects where it cannot be %s', async (_, fail) => {
    const { mock, keep } = aPairing();
    fail(mock);

    await expect(keep()).rejects.toThrow('down');
  });
});
