import type { Log } from '../api/handler.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Rejection } from '../ledger/rejection.ts';

export interface RejectionLog {
  /** Resolves when the refusal is in the ledger, or after a second: a refusal waits no longer for its audit item. Never rejects. */
  record(rejection: Rejection): Promise<void>;
  /** Writes what was rolled up in minutes that are over. Never rejects. */
  flush(): Promise<void>;
}

export interface RejectionLogDeps {
  readonly ledger: Pick<Ledger, 'reject'>;
  readonly now: () => Date;
  readonly log: Log;
  /** Written one by one in a minute; what comes beyond is rolled up (default 60). */
  readonly perMinute?: number;
  readonly patienceMs?: number;
}

interface RolledUp {
  /** The last one, for all of them. */
  readonly rejection: Rejection;
  readonly total: number;
  readonly unwritten: number;
}

/**
 * Audits refusals so that a flood cannot run up cost: beyond the first 60 a minute of this process they are rolled up by source and cause,
 * and an item is written whenever their number has doubled, and when the minute is over. A process that is frozen or dies before that
 * loses fewer than half of a minute's; each of them is in the log all the same, and so is a write that fails.
 */
export function rejectionLog(deps: RejectionLogDeps): RejectionLog {
  const { perMinute = 60, patienceMs = 1000 } = deps;
  let minute = minuteOf(deps.now());
  let written = 0;
  let rolledUp = new Map<string, RolledUp>();

  async function write(rejection: Rejection): Promise<void> {
    try {
      await deps.ledger.reject(rejection);
    } catch (error) {
      const { source, cause, requestId, count = 1 } = rejection;
      const reason = String(error);
      deps.log.error('a refusal could not be written to the ledger', {
        source,
        cause,
        requestId,
        count,
        reason,
      });
    }
  }

  async function flush(): Promise<void> {
    const current = minuteOf(deps.now());
    if (current === minute) return;
    const due = [...rolledUp.values()].filter(({ unwritten }) => unwritten > 0);
    minute = current;
    written = 0;
    rolledUp = new Map();
    await Promise.all(due.map(({ rejection, unwritten }) => write({ ...rejection, count: unwritten })));
  }

  /** Gives what is to be written now: all that was counted since, whenever the count of the minute has doubled. */
  function rollUp(rejection: Rejection): Rejection | undefined {
    const of = `${rejection.source}#${rejection.cause}`;
    const { total = 0, unwritten = 0 } = rolledUp.get(of) ?? {};
    const isDoubled = Number.isInteger(Math.log2(total + 1));
    rolledUp.set(of, { rejection, total: total + 1, unwritten: isDoubled ? 0 : unwritten + 1 });
    return isDoubled ? { ...rejection, count: unwritten + 1 } : undefined;
  }

  return {
    flush,
    async record(rejection) {
      const earlier = flush();
      const own = written < perMinute;
      if (own) written++;
      const due = own ? rejection : rollUp(rejection);
      await within(patienceMs, Promise.all([earlier, due && write(due)]));
    },
  };
}

const minuteOf = (at: Date): number => Math.floor(at.getTime() / 60_000);

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
