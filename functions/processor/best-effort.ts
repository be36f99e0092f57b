import type { Log } from '../api/handler.ts';

/** Does what may fail without harm: it is done later in another way. `otherwise`: what the log says of a failure. */
export async function bestEffort(
  work: () => Promise<unknown>,
  otherwise: string,
  about: Record<string, unknown>,
  log: Log,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn(otherwise, { ...about, error });
  }
}
