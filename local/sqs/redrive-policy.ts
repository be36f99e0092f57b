import * as z from 'zod';
import { SqsError } from './sqs-error.ts';

const redrivePolicySchema = z.object({
  deadLetterTargetArn: z.string().min(1),
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
});

const redriveAllowPolicySchema = z.object({
  redrivePermission: z.enum(['allowAll', 'denyAll', 'byQueue']),
  sourceQueueArns: z.array(z.string()).max(10).default([]),
});

export type RedrivePolicy = z.infer<typeof redrivePolicySchema>;
export type RedriveAllowPolicy = z.infer<typeof redriveAllowPolicySchema>;

/** Undefined for an absent or empty attribute, which is how a policy is taken away. */
export function parseRedrivePolicy(attribute: string | undefined): RedrivePolicy | undefined {
  return parsePolicy('RedrivePolicy', redrivePolicySchema, attribute);
}

export function parseRedriveAllowPolicy(attribute: string | undefined): RedriveAllowPolicy | undefined {
  return parsePolicy('RedriveAllowPolicy', redriveAllowPolicySchema, attribute);
}

export function allowsSource(policy: RedriveAllowPolicy | undefined, sourceArn: string): boolean {
  switch (policy?.redrivePermission) {
    case undefined:
    case 'allowAll':
      return true;
    case 'denyAll':
      return false;
    case 'byQueue':
      return policy.sourceQueueArns.includes(sourceArn);
  }
}

function parsePolicy<T>(name: string, schema: z.ZodType<T>, attribute: string | undefined): T | undefined {
  if (attribute === undefined || attribute === '') return undefined;
  const policy = schema.safeParse(parsedJson(attribute));
  if (policy.success) return policy.data;
  throw new SqsError(
    'InvalidParameterValue',
    `Value ${attribute} for parameter ${name} is invalid. Reason: ${z.prettifyError(policy.error)}`,
  );
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
