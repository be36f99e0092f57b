/** Does the same to all, so many at a time, and keeps their order. */
export async function sideBySide<T, R>(
  all: readonly T[],
  most: number,
  act: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += most) {
    results.push(...(await Promise.all(all.slice(from, from + most).map(act))));
  }
  return results;
}

/** Requests of one page that are under way at a time. */
export const atATime = 50;
