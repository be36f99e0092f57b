import { isBacklog } from './backlog.ts';
import type { SweeperDeps } from './deps.ts';
import { sweepMinutes } from './sweep-minutes.ts';
import { sweepWatches } from './sweep-watches.ts';

export interface Swept {
  readonly events: number;
  readonly watches: number;
  readonly hasBacklog: boolean;
}

/**
 * One run: every minute. Finds what is stored but not queued, promised but not sent, and lanes whose turn or deadline is lost, and moves
 * it on. Two runs at once are harmless: every send carries a deduplication id, every move its condition. One event that
 * cannot be looked at keeps it from no other: it throws once it has looked at them.
 */
export async function sweep(sweeper: SweeperDeps): Promise<Swept> {
  const failures: unknown[] = [];
  const failed = (about: string, error: unknown): void => {
    sweeper.log.error('the sweeper could not look at an event', { about, error });
    failures.push(error);
  };
  const deps = { ...sweeper, failed };
  const hasBacklog = isBacklog(await deps.queue(), deps.maxConcurrency);
  const watches = await sweepWatches(hasBacklog, deps);
  const events = await sweepMinutes(hasBacklog, deps);
  if (failures.length > 0) throw new Error(`${failures.length} looks failed`, { cause: failures[0] });
  return { events, watches, hasBacklog };
}
