import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';

/** A request to verify, with what matters to a test. */
export function aRequest({
  body = '',
  ...rest
}: Partial<Omit<VerifiableRequest, 'body'>> & {
  readonly body?: string | Uint8Array;
} = {}): VerifiableRequest {
  return {
    method: 'POST',
    path: '/webhooks/acme',
    rawQuery: '',
    headers: {},
    body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
    ...rest,
  };
}
