/**
 * Does the work of several lines: lines side by side, at most `atOnce` of them, what is in one line in its order. The first failure stops
 * whatever has not begun. It is thrown once nothing runs any more, so that nothing goes on behind the answer.
 */
export async function sideBySide<In>(
  lines: readonly (readonly In[])[],
  atOnce: number,
  work: (input: In) => Promise<void>,
): Promise<void> {
  // The workers draw from one iterator, so each line is served by one of them.
  const left = lines.values();
  let hasFailed = false;

  async function serve(): Promise<void> {
    for (const line of left) {
      for (const input of line) {
        if (hasFailed) return;
        await work(input);
      }
    }
  }

  const workers = Array.from({ length: Math.min(atOnce, lines.length) }, () =>
    serve().catch((error: unknown) => {
      hasFailed = true;
      throw error;
    }),
  );
  const failure = (await Promise.allSettled(workers)).find((worker) => worker.status === 'rejected');
  if (failure) throw failure.reason;
}
