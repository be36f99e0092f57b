import * as z from 'zod';

const iamSigned = z.object({ authorizer: z.object({ iam: z.object({ userArn: z.string().min(1) }) }) });

/**
 * The ARN of whoever signed a request for IAM, as API Gateway has verified it; undefined on a route that asks for no signature. Nothing that a sender
 * sends gets there.
 */
export const callerOf = (requestContext: unknown): string | undefined =>
  iamSigned.safeParse(requestContext).data?.authorizer.iam.userArn;
