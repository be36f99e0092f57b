import { cpus } from 'node:os';

/** What part of the machine's processors had nothing to do since this was last asked, from 0 to 1;. */
export function idleShareMeter(): () => number {
  let before = times();
  return () => {
    const now = times();
    const share = (now.idle - before.idle) / Math.max(1, now.all - before.all);
    before = now;
    return share;
  };
}

interface Times {
  readonly idle: number;
  readonly all: number;
}

function times(): Times {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return { idle, all };
}
