import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import type { Source } from '../../../functions/sources/source.ts';
import { now } from './clock.ts';

export const isVerified = async (
  { verify }: Pick<Source, 'verify'>,
  request: VerifiableRequest,
  ...secrets: string[]
): Promise<boolean> => (await verify.verify(request, secrets, now)).verified;
