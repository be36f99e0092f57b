import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';

export interface AwsOptions {
  /** Default: that of the environment, or of the profile. */
  readonly region?: string | undefined;
  /** Of `~/.aws` (default `AWS_PROFILE`). */
  readonly profile?: string | undefined;
}

type Credentials = Awaited<ReturnType<CloudFormationClient['config']['credentials']>>;

export interface AwsAccount {
  credentials(): Promise<Credentials>;
  region(): Promise<string>;
  /** Of a stack, by name. */
  outputs(stack: string): Promise<Readonly<Record<string, string>>>;
}

/** Credentials, region and stacks, found as every tool of AWS finds them: environment, profile, single sign-on, instance. */
export function awsAccount({ region, profile }: AwsOptions): AwsAccount {
  const client = new CloudFormationClient({
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
    maxAttempts: 2,
  });
  return {
    credentials: () => orExplain(client.config.credentials()),
    region: () => orExplain(client.config.region()),
    async outputs(stack) {
      const { Stacks = [] } = await orExplain(client.send(new DescribeStacksCommand({ StackName: stack })));
      const pairs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
        OutputKey,
        OutputValue,
      ]);
      return Object.fromEntries(pairs) as Readonly<Record<string, string>>;
    },
  };
}

const noCredentials = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);
const notTaken = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'RequestExpired',
]);

const notAllowed = new Set(['AccessDenied', 'AccessDeniedException']);

async function orExplain<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw explained(error);
  }
}

/** What a refusal of AWS means for whoever runs the command. */
export function explained(error: unknown): CommandError {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (noCredentials.has(name)) {
    return new CommandError(
      `No AWS credentials: ${message}\nSign in ("aws sso login"), or name a profile with --profile.`,
      exitCodes.denied,
    );
  }
  if (notTaken.has(name)) {
    return new CommandError(`AWS does not take these credentials: ${message} (${name})`, exitCodes.denied);
  }
  if (notAllowed.has(name)) {
    return new CommandError(
      `AWS knows these credentials, but they may not do that: ${message}\n` +
        'A stack with "operatorPolicies: true" has the policies for it, HooklaneRead and HooklaneOperate. Only who looks at the stack needs its permission: --url takes its ApiUrl.',
      exitCodes.denied,
    );
  }
  if (/^Region is missing/.test(message)) {
    return new CommandError('No region: give --region, or set AWS_REGION.', exitCodes.usage);
  }
  if (/does not exist/.test(message)) return new CommandError(message, exitCodes.unknown);
  return new CommandError(`AWS does not answer: ${message} (${name})`, exitCodes.away);
}
