import type { Answer } from './answer.ts';
import type { Found } from './entry.ts';

/** What to do with a copy whose key is known already. */
export type Decision =
  | { readonly kind: 'take'; readonly attempt: number; readonly lapsed: boolean }
  | { readonly kind: 'quarantine' }
  | { readonly kind: 'wait'; readonly leaseLeftMs: number }
  | { readonly kind: 'replay'; readonly state: 'complete' | 'failed'; readonly answer: Answer | undefined }
  | { readonly kind: 'quarantined' }
  | { readonly kind: 'mismatch' };

/** A key belongs to the body that it came with first, whatever became of it. */
export function decide(found: Found, digest: string | undefined): Decision {
  if (found.digest !== undefined && digest !== undefined && found.digest !== digest)
    return { kind: 'mismatch' };
  switch (found.state) {
    case 'pending':
      return { kind: 'take', attempt: found.attempt + 1, lapsed: false };
    case 'processing':
      if (found.leaseLeftMs > 0) return { kind: 'wait', leaseLeftMs: found.leaseLeftMs };
      if (found.onCrash === 'quarantine') return { kind: 'quarantine' };
      return { kind: 'take', attempt: found.attempt + 1, lapsed: true };
    case 'complete':
    case 'failed':
      return { kind: 'replay', state: found.state, answer: found.answer };
    case 'quarantined':
      return { kind: 'quarantined' };
  }
}
