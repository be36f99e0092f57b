import * as fc from 'fast-check';
import { Webhook } from 'svix';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { now } from './clock.ts';
import { hmac, seconds, withHeaders } from './documented-formula.ts';

/** What the tests of those share who sign as Standard Webhooks say. */
export const keys = fc
  .uint8Array({ minLength: 24, maxLength: 64 })
  .map((key) => ({ secret: `whsec_${Buffer.from(key).toString('base64')}` }));

export const text = ({ body }: VerifiableRequest) => Buffer.from(body).toString();

export async function succeeds(verify: () => unknown): Promise<boolean> {
  try {
    await verify();
    return true;
  } catch {
    return false;
  }
}

/** Svix's own library signs for all who deliver through Svix. */
export const signedBySvix = (request: VerifiableRequest, { secret }: { secret: string }) =>
  withHeaders(request, {
    'svix-timestamp': seconds,
    'svix-signature': new Webhook(secret).sign(request.headers['svix-id'] ?? '', now, text(request)),
  });

/** The specification of Standard Webhooks, written once more. */
export const signedByFormula = (request: VerifiableRequest, { secret }: { secret: string }) => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = [`${request.headers['webhook-id']}.${seconds}.`, request.body];
  return withHeaders(request, {
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${hmac('sha256', key, ...signed).toString('base64')}`,
  });
};

/** A key as senders show it. */
export const shownKey = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
