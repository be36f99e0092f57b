import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';

/** A CloudFormation value: literal, list, or object of such, intrinsic functions included. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(value), z.record(z.string(), value)]),
);

const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), value).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});

export type Resource = z.infer<typeof resource>;

export type Resources = Readonly<Record<string, Resource>>;

/** The resources of a synthesized template, by logical id. */
export function resourcesOf(stack: Stack): Resources {
  return z.object({ Resources: z.record(z.string(), resource) }).parse(Template.fromStack(stack).toJSON())
    .Resources;
}

export function resourcesOfType(resources: Resources, type: string): [logicalId: string, Resource][] {
  return Object.entries(resources).filter(([, one]) => one.Type === type);
}

const oneOrMore = z.union([value.array(), value.transform((one) => [one])]);

const actions = z.union([z.string().array(), z.string().transform((one) => [one])]);

const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: actions.default([]),
  NotAction: actions.optional(),
  Resource: oneOrMore.default([]),
  NotResource: oneOrMore.optional(),
  Condition: value.optional(),
});

export type Statement = z.infer<typeof statement>;

const policyDocument = z.object({ Statement: z.array(statement) });

/** Every statement that a role of the template has, attached or inline, with the logical id of the resource that holds it. */
export function roleStatements(resources: Resources): { holder: string; statement: Statement }[] {
  return Object.entries(resources).flatMap(([holder, { Type, Properties }]) => {
    const documents =
      Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::ManagedPolicy' || Type === 'AWS::IAM::RolePolicy'
        ? [Properties['PolicyDocument']]
        : Type === 'AWS::IAM::Role'
          ? z
              .array(z.object({ PolicyDocument: value }))
              .default([])
              .parse(Properties['Policies'])
              .map((policy) => policy.PolicyDocument)
          : [];
    return documents.flatMap((document) =>
      policyDocument.parse(document).Statement.map((one) => ({ holder, statement: one })),
    );
  });
}

/** The statements of a resource policy (queue or bucket) on the given resource. */
export function resourcePolicyStatements(resources: Resources, logicalId: string): Statement[] {
  return Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::SQS::QueuePolicy' || Type === 'AWS::S3::BucketPolicy')
    .filter(({ Properties }) => mentions([Properties['Bucket'] ?? [], Properties['Queues'] ?? []], logicalId))
    .flatMap(({ Properties }) => policyDocument.parse(Properties['PolicyDocument']).Statement);
}

/** Whether a value refers to a resource (`Ref`, `Fn::GetAtt`, or within `Fn::Join` and the like). */
export function mentions(where: Value, logicalId: string): boolean {
  if (typeof where === 'string') return where === logicalId || where.includes(`\${${logicalId}`);
  if (typeof where !== 'object') return false;
  return Object.values(where).some((inner) => mentions(inner, logicalId));
}
