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

export type Verdict =
  { readonly verified: true } | { readonly verified: false; readonly cause: SignatureCause };

export function refused(cause: SignatureCause): Verdict & { readonly verified: false } {
  return { verified: false, cause };
}

/** Rejected with when the keys to verify with could not be fetched. */
export class KeysUnreachable extends Error {
  override readonly name = 'KeysUnreachable';
}
