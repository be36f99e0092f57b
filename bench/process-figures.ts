import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second, as Linux reports process times on every platform that Node runs on. */
const ticksPerSecond = 100;

export interface ProcessFigures {
  /** Its own memory and its part of what it shares with others (PSS): summed over processes, each page counts once. */
  readonly memoryMb: number;
  /** Processor time since the process began. */
  readonly cpuSeconds: number;
}

/** Of a process that runs, from /proc; undefined where there is none, or no /proc. */
export function figuresOf(pid: number): ProcessFigures | undefined {
  const fields = statOf(pid);
  if (fields === undefined) return undefined;
  try {
    const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1];
    return { memoryMb: Number(kilobytes ?? 0) / 1024, cpuSeconds: cpuSecondsIn(fields) };
  } catch {
    return undefined;
  }
}

/** The process and whatever it has started, directly or not. Nothing where there is no /proc. */
export function processTree(root: number): number[] {
  const children = Map.groupBy(allPids(), (pid) => Number(statOf(pid)?.[1]));
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

function allPids(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

// User and system time are the 14th and 15th field of all, and two come before the name's end.
const cpuSecondsIn = (fields: readonly string[]) =>
  (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;

/** What follows the name, which is in parentheses and may contain any character: the state first, then the parent. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
