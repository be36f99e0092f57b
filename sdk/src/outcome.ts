import type { Answer } from './answer.ts';

/** What became of one delivery. Only `ran` and a replayed `complete` mean that the effect is there. */
export type Outcome =
  | { readonly kind: 'ran'; readonly answer: Answer; readonly attempt: number }
  /** The answer of an earlier copy. */
  | { readonly kind: 'replayed'; readonly state: 'complete' | 'failed'; readonly answer: Answer }
  /** A newer version of the entity was there before: nothing was done. */
  | { readonly kind: 'stale'; readonly answer: Answer }
  /** The handler threw, and the next copy runs again. */
  | { readonly kind: 'threw'; readonly error: unknown; readonly answer: Answer | undefined }
  /** The handler threw, and that is recorded for good. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly answer: Answer }
  /** Another copy runs still; or its lane is taken. */
  | { readonly kind: 'running'; readonly retryAfterMs: number; readonly because: 'copy' | 'lane' }
  | { readonly kind: 'quarantined' }
  /** The key came with another body before. */
  | { readonly kind: 'mismatch' }
  /** The handler took too long, or its lease was lost: the effect is there at most if the store says so. */
  | { readonly kind: 'interrupted'; readonly because: 'timeout' | 'fenced'; readonly retryAfterMs: number }
  | { readonly kind: 'unavailable'; readonly error: unknown };

/** A copy that waited in the same process gets what the first one got, as a replay. */
export function forCopy(outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case 'ran':
    case 'stale':
      return { kind: 'replayed', state: 'complete', answer: outcome.answer };
    case 'failed':
      return { kind: 'replayed', state: 'failed', answer: outcome.answer };
    case 'replayed':
    case 'threw':
    case 'running':
    case 'quarantined':
    case 'mismatch':
    case 'interrupted':
    case 'unavailable':
      return outcome;
  }
}
