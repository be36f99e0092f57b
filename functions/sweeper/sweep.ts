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
 * it on. Two runs at once are harmless: every send carries a deduplication id, every move its condition.
 */
export async function sweep(deps: SweeperDeps): Promise<Swept> {
  const hasBacklog = isBacklog(await deps.queue(), deps.maxConcurrency);
  const watches = await sweepWatches(hasBacklog, deps);
  const events = await sweepMinutes(hasBacklog, deps);
  return { events, watches, hasBacklog };
}
