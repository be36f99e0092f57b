import { figuresOf, processTree } from './process-figures.ts';

/** What a cloud's processes take, by name: those of one function together, also those that have ended meanwhile. */
export interface Usage {
  readonly cpuSeconds: ReadonlyMap<string, number>;
  readonly memoryMb: ReadonlyMap<string, number>;
  readonly processes: number;
}

interface NamedPids {
  readonly pid: number;
  readonly databasePid: number;
  readonly functionPids: Readonly<Record<string, readonly number[]>>;
}

/** Looks at the processes of a cloud again and again, since what one has taken is lost with it. */
export class UsageMeter {
  readonly #pids: () => NamedPids;
  readonly #cpuSeconds = new Map<number, number>();
  readonly #names = new Map<number, string>();
  readonly #timer: NodeJS.Timeout;
  #most: { readonly totalMb: number; readonly usage: Usage } | undefined;

  constructor(pids: () => NamedPids, everyMs: number) {
    this.#pids = pids;
    this.#timer = setInterval(() => this.look(), everyMs);
  }

  /** Now; processor time since each of the processes began. */
  look(): Usage {
    const { pid: root } = this.#pids();
    const memoryMb = new Map<string, number>();
    const tree = processTree(root);
    for (const pid of tree) {
      const figures = figuresOf(pid);
      if (figures === undefined) continue;
      const name = this.#nameOf(pid);
      this.#cpuSeconds.set(pid, figures.cpuSeconds);
      memoryMb.set(name, (memoryMb.get(name) ?? 0) + figures.memoryMb);
    }
    const usage = { memoryMb, cpuSeconds: this.#cpuByName(), processes: tree.length };
    const totalMb = total(memoryMb);
    if (totalMb > (this.#most?.totalMb ?? 0)) this.#most = { totalMb, usage };
    return usage;
  }

  /** The look that found most memory, since the last time this was asked. */
  takeMost(): Usage {
    const { usage } = this.#most ?? { usage: this.look() };
    this.#most = undefined;
    return usage;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #cpuByName(): Map<string, number> {
    const sums = new Map<string, number>();
    for (const [pid, seconds] of this.#cpuSeconds) {
      const name = this.#nameOf(pid);
      sums.set(name, (sums.get(name) ?? 0) + seconds);
    }
    return sums;
  }

  /** A process keeps its name when it has ended, and `endpoints.json` no longer says it. */
  #nameOf(pid: number): string {
    const name = this.#said(pid) ?? this.#names.get(pid) ?? 'others';
    this.#names.set(pid, name);
    return name;
  }

  #said(pid: number): string | undefined {
    const { pid: root, databasePid, functionPids } = this.#pids();
    if (pid === root) return 'gateway, SQS, pollers';
    if (pid === databasePid) return 'DynamoDB';
    return Object.entries(functionPids).find(([, pids]) => pids.includes(pid))?.[0];
  }
}

export const total = (values: ReadonlyMap<string, number>): number =>
  [...values.values()].reduce((sum, value) => sum + value, 0);

/** Of processor time, between two looks. */
export const between = (before: Usage, after: Usage): Map<string, number> =>
  new Map(
    [...after.cpuSeconds].map(([name, seconds]) => [name, seconds - (before.cpuSeconds.get(name) ?? 0)]),
  );
