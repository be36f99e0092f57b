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
