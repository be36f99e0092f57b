import { refused } from './verdict.ts';
import type { Verifier } from './verifier.ts';

/**
 * For own services on AWS: API Gateway checks their signature (SigV4) and their permission to invoke `POST /events/<source>`, before anything runs.
 * Such a source has no secret. Send with `publish()`.
 */
export function awsIam(): Verifier {
  return {
    name: 'aws-iam',
    needsSecret: false,
    isIamSigned: true,
    verify: ({ caller }) => (caller === undefined ? refused('missing-signature') : { verified: true }),
  };
}
