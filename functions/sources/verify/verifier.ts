import type { SignatureSpec } from './signature-spec.ts';

/**
 * Why a signature was refused. Recorded; the sender sees the same answer for all of them. `no-secret`: there is none, none is spelled
 * as the scheme spells its keys, or the scheme itself has a mistake.
 */
export type SignatureCause =
  | 'no-secret'
  | 'missing-signature'
  | 'malformed-signature'
  | 'wrong-signature'
  | 'timestamp-expired'
  | 'timestamp-in-future';

export interface VerifiableRequest {
  readonly method: string;
  /** Path as it came, undecoded. */
  readonly path: string;
  /** Query string as it came, without the question mark. */
  readonly rawQuery: string;
  /** Names in lower case; a repeated header is joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The address registered with the provider. */
  readonly publicUrl?: string;
  /** Whom the request came from, as the gateway saw it. */
  readonly sourceIp?: string;
  /** The ARN of whoever signed the request for IAM, as API Gateway has verified it. */
  readonly caller?: string;
}

export type Verdict =
  { readonly verified: true } | { readonly verified: false; readonly cause: SignatureCause };

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

export function refused(cause: SignatureCause): Verdict & { readonly verified: false } {
  return { verified: false, cause };
}

/** Rejected with when the keys to verify with could not be fetched. */
export class KeysUnreachable extends Error {
  override readonly name = 'KeysUnreachable';
}
