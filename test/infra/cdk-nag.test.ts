import type { Stack } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import type { WebhookGatewayProps } from '../../infra/index.ts';
import { buildStack, buildStackWithKey } from './synthesis.ts';

/** Of both packs. Acknowledgements stand in the constructs, each with its reason. */
function findings(stack: Stack): string[] {
  return [new AwsSolutionsChecks(stack), new ServerlessChecks(stack)].flatMap((pack) =>
    pack
      .validateScope(stack)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} at ${String(constructPath)}`),
      ),
  );
}

it.each<[string, () => Stack]>([
  ['a key of your own', buildStackWithKey],
  ...Object.entries<WebhookGatewayProps>({
    'no option': {},
    archive: { archive: { days: 30, mode: 'compliance' } },
    production: { production: true },
    'reserved concurrency': { reservedConcurrency: { ingest: 100, processor: 100 } },
    'no alarms': { alarms: false },
    'X-Ray': { xRay: true },
    'policies of operators': { operatorPolicies: true },
  }).map(([what, props]): [string, () => Stack] => [what, () => buildStack('one-source', props)]),
])('with %s, cdk-nag finds nothing but what is acknowledged with a reason', (_, build) => {
  expect(findings(build())).toEqual([]);
});

it('would see a resource that does not pass', () => {
  const stack = buildStack();
  new CfnBucket(stack, 'Careless');
  new CfnQueue(stack, 'Endless');

  expect(findings(stack)).toEqual(
    expect.arrayContaining([
      'AwsSolutions-S10 at Hooklane/Careless',
      'Serverless-SQSRedrivePolicy at Hooklane/Endless',
    ]),
  );
});
