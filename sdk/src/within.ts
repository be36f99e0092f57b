import { setTimeout as sleep } from 'node:timers/promises';

/** A call of the store that did not end in time, or failed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** A store's own "no" to a commit: it speaks to us, and nothing was committed. */
export class CommitRefused extends Error {
  override readonly name = 'CommitRefused';
}

/** Resolves with the promise's value, or throws `StoreUnavailable` when it fails or takes longer. The promise itself goes on. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable(`${what} took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    if (error instanceof StoreUnavailable || error instanceof CommitRefused) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailable(`${what}: ${reason}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

const shortestMs = 20;
const longestMs = 250;

/** Pauses between looks: each half as long again as the one before, up to a quarter of a second, with jitter. */
export async function* looks(untilMs: number): AsyncGenerator<undefined> {
  for (let pause = shortestMs; ; pause = Math.min(pause * 1.5, longestMs)) {
    const left = untilMs - performance.now();
    if (left <= 0) return;
    await sleep(Math.min(pause * (0.5 + Math.random() / 2), left));
    yield undefined;
  }
}

/** `Promise.withResolvers` for Node 20. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
