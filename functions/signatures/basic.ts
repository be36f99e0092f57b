import { token } from './token.ts';
import type { Verifier } from './verifier.ts';

/** `Authorization: Basic …`; secrets are spelled `user:password`. Says nothing of the body: prefer a signature. */
export function basic(): Verifier {
  return token({ name: 'basic', from: 'header:authorization', scheme: 'Basic ', sentAs: 'base64' });
}
