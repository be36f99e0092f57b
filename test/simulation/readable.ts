/** Reads, and what a process does at the end whatever it has done. */
const routine = /: (query|get|hide for 0 s|put \{"pk":"CURSOR)|is done: kept|its answer is lost$/;
const named = /\b((?:processor|sweeper|ingest|operator)\/\d+)\b/;

/**
 * A history as somebody wants to read it: without reads, and without those who came, saw nothing to do and went (a failed event's message
 * on its way to the dead-letter queue, a sweeper that found nothing).
 */
export function readable(lines: readonly string[]): readonly string[] {
  const busy = new Set(lines.filter((line) => isWork(line)).flatMap((line) => named.exec(line)?.[1] ?? []));
  return lines.filter((line) => {
    const who = named.exec(line)?.[1];
    return !routine.test(line) && (who === undefined || busy.has(who));
  });
}

function isWork(line: string): boolean {
  const isReceive = / {2}receive \d+ of /.test(line);
  const isFirst = / {2}receive 1 of /.test(line);
  return !routine.test(line) && (!isReceive || isFirst);
}
