import type { Command } from 'commander';
import { Option } from 'commander';
import { wrongUsage } from '../command-error.ts';
import type { AwsAccount, AwsOptions } from './aws-account.ts';
import { localEndpoints } from './local-cloud.ts';
import { gatewayOutputs, type GatewayOutputs } from './stack-outputs.ts';

export interface TargetOptions extends AwsOptions {
  readonly url?: string;
  readonly stack?: string;
  readonly gateway?: string;
  readonly data: string;
  readonly json?: boolean;
}

/** Which gateway a command talks to, and how. */
export interface Target {
  readonly url: string;
  /** For messages: `the local cloud in .hooklane`. */
  readonly where: string;
  /** Signs requests; undefined: the local cloud takes unsigned ones. */
  readonly account?: AwsAccount;
  readonly outputs?: GatewayOutputs;
}

export const usualDataFolder = '.hooklane';

/** The options that say which gateway a command is about, for every command that asks one. */
export function withTarget(command: Command): Command {
  return command
    .optionsGroup('Which gateway (default: the local cloud that runs in this project):')
    .addOption(new Option('--stack <name>', 'a deployed stack, by its outputs').env('HOOKLANE_STACK'))
    .option('--gateway <id>', 'which one, where the stack has several')
    .addOption(new Option('--url <url>', 'its address; https is signed').env('HOOKLANE_URL'))
    .option('--region <region>', 'of AWS (default: as the AWS tools find it)')
    .option('--profile <name>', 'of AWS (default: as the AWS tools find it)')
    .option('--data <dir>', 'data folder of the local cloud', usualDataFolder)
    .optionsGroup('Output:')
    .option('--json', 'the answer of the API, as JSON');
}

/** Finds the gateway that the options name. Throws `CommandError` where there is none. */
export async function findTarget(options: TargetOptions): Promise<Target> {
  const { url, stack, gateway, data } = options;
  if (url !== undefined) {
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw wrongUsage(`"${url}" is no http address.`);
    return isSigned(url) ? { url, where: url, account: await account(options) } : { url, where: url };
  }
  if (stack !== undefined) {
    const aws = await account(options);
    const outputs = gatewayOutputs(await aws.outputs(stack), stack, gateway);
    return { url: outputs['ApiUrl'] ?? '', where: `the stack ${stack}`, account: aws, outputs };
  }
  const local = localEndpoints(data);
  if (local !== undefined) return { url: local.url, where: `the local cloud in ${data}` };
  throw wrongUsage(
    `No local cloud is running in ${data}: start one ("hooklane start"), or name a gateway with --stack or --url.`,
  );
}

const isSigned = (url: string): boolean => url.startsWith('https:');

/** Loaded where it is needed: the SDK takes longer to load than the local cloud to answer. */
async function account(options: AwsOptions): Promise<AwsAccount> {
  const { awsAccount } = await import('./aws-account.ts');
  return awsAccount(options);
}
