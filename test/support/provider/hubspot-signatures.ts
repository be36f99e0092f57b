import { Signature } from '@hubspot/api-client';
import type { Sample } from '../../../functions/providers/sample.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { agreesWithLibrary, textSecrets } from './agrees-with-library.ts';
import { now } from './clock.ts';
import { withHeaders } from './documented-formula.ts';

export const url = 'https://hooks.example.com/webhooks/hubspot';

export const optionsFor = ({ body }: VerifiableRequest, secret: string, at = url) => ({
  clientSecret: secret,
  requestBody: Buffer.from(body).toString(),
  url: at,
  timestamp: now.getTime(),
});

/** Signatures of the first two versions: a digest under a header of one name. */
export function agreesOnDigest(version: 'v1' | 'v2', sample: Sample): void {
  agreesWithLibrary({
    name: '@hubspot/api-client',
    sample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, {
        'x-hubspot-signature': Signature.getSignature('POST', version, {
          ...optionsFor(request, secret),
          signature: '',
        }),
      }),
    accepts: (request, { secret }) =>
      Signature.isValid({
        ...optionsFor(request, secret),
        method: 'POST',
        signatureVersion: version,
        signature: request.headers['x-hubspot-signature'] ?? '',
      }),
  });
}
