import * as z from 'zod';

/** Region and account of everything local. */
export const region = 'us-east-1';
export const accountId = '000000000000';

/** An error that the service answered by name, e.g. `ResourceInUseException`. */
export class AwsJsonError extends Error {
  override readonly name = 'AwsJsonError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

const Refusal = z.object({
  __type: z.string().optional(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

// The local services ignore signatures, but some want to see one.
const signature = {
  'x-amz-date': '20260101T000000Z',
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/local/aws4_request, SignedHeaders=host, Signature=0`,
};

/** One call in AWS's JSON protocol 1.0. An SDK client would cost the start of the local cloud more than all it does with it. */
export async function callAwsJson(
  endpoint: string,
  target: string,
  input: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, ...signature },
    body: JSON.stringify(input),
    signal: signal ?? null,
  });
  const text = await response.text();
  const answer: unknown = text === '' ? {} : JSON.parse(text);
  if (response.ok) return answer;
  const refusal = Refusal.parse(answer);
  const code = (refusal.__type ?? `HTTP ${response.status}`).replace(/^.*#/, '');
  throw new AwsJsonError(code, refusal.message ?? refusal.Message ?? '');
}
