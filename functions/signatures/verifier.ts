import type { SignatureSpec } from './signature-spec.ts';
import type { VerifiableRequest } from './verifiable-request.ts';
import type { Verdict } from './verdict.ts';

/**
 * Checks one request against a list of secrets. Never throws: what it cannot read it refuses. Where keys must be fetched and cannot be,
 * it rejects with `KeysUnreachable`: that is our trouble, not the sender's, who is to come again.
 */
export interface Verifier {
  readonly name: string;
  /** False for `none()`: then no secret is looked up. */
  readonly needsSecret: boolean;
  /** True where the address registered with the provider is signed: the source must then have a `publicUrl`. */
  readonly needsPublicUrl?: boolean;
  /** True where API Gateway verifies the sender: the source is reached at `/events/`, and no other is. */
  readonly isIamSigned?: boolean;
  /** Headers whose value is itself a secret, in lower case: they are not kept with the event. */
  readonly secretHeaders?: readonly string[];
  /** The scheme as data, where data can describe it: for documentation, and for signing samples. */
  readonly scheme?: SignatureSpec;
  /** Mistakes in its description; with any, it verifies nothing. Reported by `defineConfig`. */
  readonly problems?: readonly string[];
  verify(request: VerifiableRequest, secrets: readonly string[], now: Date): Verdict | Promise<Verdict>;
}
