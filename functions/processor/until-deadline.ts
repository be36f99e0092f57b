const pausesMs = [100, 300, 1000, 3000];
/** Time kept for the end of the invocation. */
const reserveMs = 500;

/**
 * Repeats a write that could not reach the ledger, with growing pauses, until the lease ends: a handler's result should be recorded.
 * Throws the last error when the time is over.
 */
export async function untilDeadline<T>(
  action: () => Promise<T>,
  deadline: Date,
  { now, sleep }: { readonly now: () => Date; readonly sleep: (ms: number) => Promise<void> },
): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await action();
    } catch (error) {
      const pauseMs = pausesMs[Math.min(tries, pausesMs.length - 1)] ?? 0;
      if (deadline.getTime() - now().getTime() < pauseMs + reserveMs) throw error;
      await sleep(pauseMs);
    }
  }
}
