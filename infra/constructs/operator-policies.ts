import { CfnOutput, Stack, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as z from 'zod';

interface OperatorPoliciesProps {
  /** ARNs of the API's requests that each policy allows. */
  readonly requests: { readonly read: readonly string[]; readonly operate: readonly string[] };
}

/**
 * Policies for people, to be attached to their roles: `HooklaneRead` looks at everything but what was received, `HooklaneOperate` repairs as well. Either
 * finds the API by the name of the stack, as `hooklane --stack` does.
 */
export class OperatorPolicies extends Construct {
  constructor(gateway: Construct, id: string, { requests }: OperatorPoliciesProps) {
    super(gateway, id);
    const stack = Stack.of(this);
    const make = (name: string, arns: readonly string[], description: string) => {
      const policy = new ManagedPolicy(this, name, {
        description,
        statements: [
          new PolicyStatement({ actions: ['execute-api:Invoke'], resources: [...arns] }),
          new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [stack.stackId] }),
        ],
      });
      for (const arn of arns) {
        Validations.of(policy).acknowledge({
          id: `AwsSolutions-IAM5[Resource::${inWords(stack.resolve(arn))}]`,
          reason: 'The operations are one API: what stands behind /ops/ are the names of events and lanes.',
        });
      }
      new CfnOutput(gateway, `${name}PolicyArn`, { value: policy.managedPolicyArn });
    };
    make(
      'HooklaneRead',
      requests.read,
      'Look at events, lanes, refusals and numbers of Hooklane; not at what was received.',
    );
    make(
      'HooklaneOperate',
      requests.operate,
      'Look at them, and redrive, replay, discard, resolve, release and pause.',
    );
  }
}

const joined = z.object({
  'Fn::Join': z.tuple([z.literal(''), z.array(z.union([z.string(), z.object({ Ref: z.string() })]))]),
});

/** As cdk-nag writes an ARN: `<LogicalId>` for what is known when it is deployed. */
const inWords = (arn: unknown): string =>
  typeof arn === 'string'
    ? arn
    : joined
        .parse(arn)
        ['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`))
        .join('');
