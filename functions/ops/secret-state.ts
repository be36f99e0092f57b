import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretState } from './deps.ts';

/** A secret that was made without a value has no current version. */
export const secretStateBy =
  (client: Pick<SecretsManagerClient, 'send'>, secretId: (source: string) => string) =>
  async (source: string): Promise<SecretState> => {
    try {
      const { VersionIdsToStages = {}, LastChangedDate } = await client.send(
        new DescribeSecretCommand({ SecretId: secretId(source) }),
      );
      const isPresent = Object.values(VersionIdsToStages).some((stages) => stages.includes('AWSCURRENT'));
      return { isPresent, changedAt: isPresent ? LastChangedDate : undefined };
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException')
        return { isPresent: false, changedAt: undefined };
      throw error;
    }
  };
