const base = 18_849_000_000_000_000_000n;

/** Twenty digits, so that numbers compare the same as text and as numbers, as those of SQS do. */
export function sequenceNumber(seq: number): string {
  return String(base + BigInt(seq));
}
