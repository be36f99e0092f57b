/** Invokes something again and again like EventBridge Scheduler: the next run waits until the last one is over. */
export function startSchedule(
  everySeconds: number,
  invoke: () => Promise<unknown>,
): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    running = invoke().finally(() => {
      isRunning = false;
    });
  }, everySeconds * 1000);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
