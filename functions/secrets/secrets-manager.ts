import { createHash } from 'node:crypto';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { isPairingOpen, type KeepSecret } from './pairing.ts';
import { parseSecretList } from './secret-store.ts';

/**
 * Reads a source's list from Secrets Manager, always anew: caching is the secret reader's affair, which knows what a refresh is. A secret
 * that does not exist is an empty list, so that its source refuses everybody; anything else that goes wrong rejects.
 */
export function secretsManagerFetch(
  client: SecretsManagerClient,
  secretName: (source: string) => string,
): (source: string) => Promise<readonly string[]> {
  const provider = new SecretsProvider({ awsSdkV3Client: client });
  return async (source) => {
    try {
      const text = await provider.get(secretName(source), { forceFetch: true });
      return typeof text === 'string' ? parseSecretList(text) : [];
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return [];
      throw error;
    }
  };
}

/** Where a handed-over secret waits until it becomes the current version. */
const pairedStage = 'HOOKLANE_PAIRED';

/**
 * Keeps a handed-over secret in two steps, so that nothing is ever overwritten. Its version is named after the one that opened pairing: of
 * two secrets at once the second finds the name taken. Then it becomes the current version only if that one still is: an operator
 * who stores a secret meanwhile wins.
 */
export function secretsManagerKeep(
  client: SecretsManagerClient,
  secretName: (source: string) => string,
): KeepSecret {
  return async (source, secret, now) => {
    const SecretId = secretName(source);
    const read = async () => await client.send(new GetSecretValueCommand({ SecretId }));
    const { SecretString = '[]', VersionId: openedBy } = await read();
    if (openedBy === undefined || !isPairingOpen(parseSecretList(SecretString), now)) return 'refused';

    const version = createHash('sha256').update(`paired with ${openedBy}`).digest('hex');
    const list = JSON.stringify([secret]);
    try {
      await client.send(
        new PutSecretValueCommand({
          SecretId,
          ClientRequestToken: version,
          SecretString: list,
          VersionStages: [pairedStage],
        }),
      );
    } catch (error) {
      if (isNamed(error, 'ResourceExistsException')) return 'refused';
      throw error;
    }
    try {
      await client.send(
        new UpdateSecretVersionStageCommand({
          SecretId,
          VersionStage: 'AWSCURRENT',
          RemoveFromVersionId: openedBy,
          MoveToVersionId: version,
        }),
      );
      return 'kept';
    } catch (error) {
      // Another version became current: an operator's, or ours by a try whose answer was lost.
      const { VersionId: current } = await read();
      if (current === openedBy) throw error;
      return current === version ? 'kept' : 'refused';
    }
  };
}

/** Powertools wraps what the SDK throws. */
function isNamed(error: unknown, name: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === name) return true;
  }
  return false;
}
