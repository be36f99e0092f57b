import type { Log } from '../handler-api/handler.ts';
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

/**
 * Audits refusals so that a flood cannot run up cost: beyond the first 60 a minute of this process they are rolled up into one item for
 * each source and cause. What is rolled up is lost if the process dies before its minute is over; a write that fails goes to the log.
 */
export function rejectionLog(deps: RejectionLogDeps): RejectionLog {
  const { perMinute = 60, patienceMs = 1000 } = deps;
  let minute = minuteOf(deps.now());
  let written = 0;
  let rolledUp = new Map<string, Rejection>();

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
    const due = [...rolledUp.values()];
    minute = current;
    written = 0;
    rolledUp = new Map();
    await Promise.all(due.map(write));
  }

  function rollUp(rejection: Rejection): void {
    const of = `${rejection.source}#${rejection.cause}`;
    const sofar = rolledUp.get(of);
    rolledUp.set(of, { ...(sofar ?? rejection), count: (sofar?.count ?? 0) + 1 });
  }

  return {
    flush,
    async record(rejection) {
      const earlier = flush();
      const own = written < perMinute;
      if (own) written++;
      else rollUp(rejection);
      await within(patienceMs, Promise.all([earlier, own ? write(rejection) : undefined]));
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
