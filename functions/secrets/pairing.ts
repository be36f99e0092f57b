import { isForSigning, pairingPrefix } from './secret-purpose.ts';
import { readTimestamp } from '../signatures/timestamp.ts';

/** A door that is open for longer was forgotten, or its date is a mistake. */
const longestMs = 24 * 3600 * 1000;

/**
 * Whether a source's list says that a handed-over secret may be kept: it holds nothing but `pairing:<time>`, and the time, at most a day
 * ahead, is not over. A list that holds a secret never does.
 */
export function isPairingOpen(list: readonly string[], now: Date): boolean {
  const [only = ''] = list;
  if (list.length !== 1 || !only.startsWith(pairingPrefix)) return false;
  const leftMs = (readTimestamp(only.slice(pairingPrefix.length), 'iso') ?? 0) - now.getTime();
  return leftMs > 0 && leftMs <= longestMs;
}

/** Printable, and long enough that nobody guesses it. */
const secret = /^[\x21-\x7e]{16,1024}$/;

/** Whether a handed-over text can be a source's only secret: what would be read as something else in the list cannot. */
export const canBeKept = (text: string): boolean => secret.test(text) && isForSigning(text);

/**
 * Keeps a handed-over secret as a source's only one, if pairing is open in the list as it is stored at this moment. `refused`: it is not, or
 * another secret came first; whatever is stored stands. Rejects where the store does not answer.
 */
export type KeepSecret = (source: string, secret: string, now: Date) => Promise<'kept' | 'refused'>;
