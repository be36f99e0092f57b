import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { buildStack } from './synthesis.ts';

/** Acknowledgements stand in the constructs, each with its reason. */
function findings(stack = buildStack()): string[] {
  return new AwsSolutionsChecks(stack)
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${String(constructPath)}`),
    );
}

it('passes the AWS Solutions checks, but for what is acknowledged with a reason', () => {
  expect(findings()).toEqual([]);
});

it('would see a resource that does not', () => {
  const stack = buildStack();
  new CfnBucket(stack, 'Careless');

  expect(findings(stack)).toContain('AwsSolutions-S10 at Hooklane/Careless');
});
