/** Merges streams that are each in order into one; `compare` as for `sort`. The first items are fetched side by side. */
export async function* merge<T>(
  streams: readonly AsyncIterator<T>[],
  compare: (a: T, b: T) => number,
): AsyncGenerator<T> {
  const firsts = await Promise.all(streams.map((stream) => stream.next()));
  const heads = streams.flatMap((stream, n) => {
    const first = firsts[n];
    return first === undefined || first.done === true ? [] : [{ stream, value: first.value }];
  });
  while (heads.length > 0) {
    heads.sort((a, b) => compare(a.value, b.value));
    const [head] = heads;
    if (head === undefined) return;
    yield head.value;
    const next = await head.stream.next();
    if (next.done === true) heads.shift();
    else head.value = next.value;
  }
}

/** One stream after the other. The first items of all are fetched side by side. */
export async function* inTurn<T>(streams: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const begun = streams.map((stream) => ({ stream, first: stream.next() }));
  // One that fails after the reader has gone is missed by no one, and must not end the process.
  for (const { first } of begun) first.catch(() => undefined);
  for (const { stream, first } of begun) {
    const next = await first;
    if (next.done === true) continue;
    yield next.value;
    yield* stream;
  }
}
