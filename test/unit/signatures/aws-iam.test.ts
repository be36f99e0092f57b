import { expect, it } from 'vitest';
import { awsIam } from '../../../functions/signatures/aws-iam.ts';
import { all, any } from '../../../functions/signatures/combine.ts';
import { bearer } from '../../../functions/signatures/bearer.ts';
import { ipRanges } from '../../../functions/signatures/ip-ranges.ts';
import { aRequest } from '../../support/a-request.ts';

const caller = 'arn:aws:iam::123456789012:user/ada';

it('verifies whom API Gateway has verified, and nobody else', async () => {
  const unsigned = aRequest({ headers: { authorization: 'AWS4-HMAC-SHA256 Credential=…', caller } });

  expect(await awsIam().verify({ ...unsigned, caller }, [], new Date())).toEqual({ verified: true });
  expect(await awsIam().verify(unsigned, [], new Date())).toEqual({
    verified: false,
    cause: 'missing-signature',
  });
});

it('is asked for no secret', () => {
  expect(awsIam()).toMatchObject({ name: 'aws-iam', needsSecret: false });
});

it('is reached at /events/ together with others too', () => {
  expect(all(awsIam(), ipRanges(['10.0.0.0/8'])).isIamSigned).toBe(true);
  expect(any(bearer(), awsIam()).isIamSigned).toBe(true);
  expect(all(bearer()).isIamSigned).toBe(false);
});
