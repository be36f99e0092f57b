import { existsSync, readFileSync } from 'node:fs';

/** Clock ticks a second, as Linux reports process times on every platform that Node runs on. */
const ticksPerSecond = 100;

export interface ProcessFigures {
  readonly residentMb: number;
  /** Processor time since the process began. */
  readonly cpuSeconds: number;
}

/** Of a process that runs, from /proc; undefined where there is none, or no /proc. */
export function figuresOf(pid: number): ProcessFigures | undefined {
  if (!existsSync(`/proc/${pid}/stat`)) return undefined;
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The fields follow the name, which is in parentheses and may contain any character; utime and stime are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return {
    residentMb: Number(kilobytes ?? 0) / 1024,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
  };
}
