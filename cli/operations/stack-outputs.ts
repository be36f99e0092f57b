import { CommandError, wrongUsage } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';

/** What a gateway's construct puts out, by the name that it has there. */
export type GatewayOutputs = Readonly<Record<string, string>>;

const names = [
  'ApiUrl',
  'AlarmTopicArn',
  'LedgerTableName',
  'StateTableName',
  'LaneQueueUrl',
  'FeederUrl',
  'DeadLetterQueueUrl',
  'BodyBucketName',
];

/** CloudFormation's name of an output: the path of its construct, the name, and a digest. */
const outputName = new RegExp(`^(.*?)(${names.join('|')})(?:[0-9A-F]{8})?$`);

/** Those of one gateway of a stack. `gateway`: which, where the stack has several. */
export function gatewayOutputs(
  outputs: Readonly<Record<string, string>>,
  stack: string,
  gateway?: string,
): GatewayOutputs {
  const gateways = new Map<string, Record<string, string>>();
  for (const [key, value] of Object.entries(outputs)) {
    const [, owner, name] = outputName.exec(key) ?? [];
    if (owner === undefined || name === undefined) continue;
    gateways.set(owner, { ...gateways.get(owner), [name]: value });
  }
  const found = [...gateways].filter(([, { ApiUrl }]) => ApiUrl !== undefined);
  const named = gateway === undefined ? found : found.filter(([owner]) => owner === gateway);
  const [first, ...more] = named;
  const all = found.map(([owner]) => owner).join(', ');
  if (first === undefined) {
    throw new CommandError(
      found.length === 0
        ? `The stack ${stack} has no gateway: none of its outputs is an ApiUrl.`
        : `The stack ${stack} has no gateway "${gateway ?? ''}", but ${all}.`,
      exitCodes.unknown,
    );
  }
  if (more.length > 0)
    throw wrongUsage(`The stack ${stack} has several gateways: name one with --gateway (${all}).`);
  return first[1];
}
