export interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Runs `work` for 0 … count-1, as many at a time as there are senders. */
export async function underLoad(
  count: number,
  senders: number,
  work: (n: number) => Promise<void>,
): Promise<Figures> {
  const tookMs: number[] = [];
  const startedAt = performance.now();
  let next = 0;
  const sender = async () => {
    for (let n = next++; n < count; n = next++) {
      const begin = performance.now();
      await work(n);
      tookMs.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  const seconds = (performance.now() - startedAt) / 1000;
  const sorted = tookMs.toSorted((a, b) => a - b);
  return { perSecond: count / seconds, p50Ms: percentileOf(sorted, 0.5), p99Ms: percentileOf(sorted, 0.99) };
}

/** Of sorted values. */
export const percentileOf = (sorted: readonly number[], part: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? NaN;
