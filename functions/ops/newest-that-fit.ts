/** A sender in a loop makes any audit longer than what Lambda answers: 6 MB, of the body as text within JSON. */
const mostAnsweredBytes = 5_500_000;
const mostItems = 2000;

/** The last of them, as many as one answer holds. */
export function newestThatFit<T>(items: readonly T[]): readonly T[] {
  let bytes = 0;
  let from = items.length;
  while (from > Math.max(0, items.length - mostItems)) {
    bytes += bytesInAnswer(items[from - 1]);
    if (bytes > mostAnsweredBytes) break;
    from--;
  }
  return items.slice(from);
}

const bytesInAnswer = (item: unknown): number => Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
