import type { InTurn } from './deps.ts';

/**
 * Runs so many pieces of work at once, taken from the streams in rotation: however much one of them has to do, each of the others gets on as
 * fast as if they all had as much. What has not begun when the time is over does not begin, and gives undefined.
 */
export function inRotation(atOnce: number, isOver: () => boolean): InTurn {
  /** Streams with work that waits. The first is next; one that was served goes to the end. */
  const waiting = new Map<string, (() => void)[]>();
  let running = 0;

  function next(): void {
    // A stream that is set anew while it is served comes up again at the end of this very loop.
    for (const [stream, works] of waiting) {
      if (running >= atOnce) return;
      waiting.delete(stream);
      const work = works.shift();
      if (works.length > 0) waiting.set(stream, works);
      if (work === undefined) continue;
      running++;
      work();
    }
  }

  return (stream, work) =>
    new Promise((resolve, reject) => {
      const begin = () => {
        const done = isOver() ? Promise.resolve(undefined) : (async () => await work())();
        void done.then(resolve, reject).finally(() => {
          running--;
          next();
        });
      };
      const works = waiting.get(stream);
      if (works) works.push(begin);
      else waiting.set(stream, [begin]);
      next();
    });
}
