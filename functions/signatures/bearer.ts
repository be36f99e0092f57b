import { token } from './token.ts';
import type { Verifier } from './verifier.ts';

/** `Authorization: Bearer <token>`, equal to one of the source's secrets. Says nothing of the body: prefer a signature. */
export function bearer(): Verifier {
  return token({ name: 'bearer', from: 'header:authorization', scheme: 'Bearer ' });
}
