import { signRequest, type SigningKey, type SigningOptions } from '../signatures/sign-request.ts';
import type { VerifiableRequest } from '../signatures/verifiable-request.ts';
import type { Sample } from './sample.ts';

/** The sample as a request, not signed yet. */
export function unsignedRequest(sample: Sample, now: Date): VerifiableRequest {
  const { body, contentType = 'application/json', headers = {}, rawQuery = '' } = sample.request(now);
  const { publicUrl } = sample.source;
  return {
    method: 'POST',
    path: '/webhooks/sample',
    rawQuery,
    headers: { 'content-type': contentType, ...headers },
    body: Buffer.from(body, 'utf8'),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  };
}

/** Any request signed as the sample's provider signs. */
export function signLike(
  sample: Sample,
  request: VerifiableRequest,
  options: SigningOptions,
  key: SigningKey = sample.key,
): VerifiableRequest {
  if (sample.sign !== undefined) return sample.sign(request, key, options.now);
  const { scheme, name } = sample.source.verify;
  if (scheme === undefined) throw new Error(`${name} is no scheme that data describes: the sample must sign`);
  return signRequest(scheme, key, request, options);
}
