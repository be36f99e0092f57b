import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
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
      if (isNotFound(error)) return [];
      throw error;
    }
  };
}

/** Powertools wraps what the SDK throws. */
function isNotFound(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'ResourceNotFoundException') return true;
  }
  return false;
}
