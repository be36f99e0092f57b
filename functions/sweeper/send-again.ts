import { sentBehind, type Lane } from '../lane/lane.ts';
import type { EventKey } from '../ledger/keys.ts';
import { sentUntil } from './decide-recovery.ts';
import type { SweepRun } from './deps.ts';

/**
 * Sends the message of an event again that was lost, or those of several of a lane that have not begun, in their order. `entry`: the newest
 * one of the first event; 0 where it has none. Returns what the lane remembers of it, so that they are not sent again for an hour.
 */
export async function sendAgain(
  events: readonly { readonly pk: EventKey; readonly acceptedAt: string }[],
  { entry, generation }: { readonly entry: number; readonly generation: number },
  lane: string,
  before: Lane['sent'],
  deps: Pick<SweepRun, 'send' | 'count' | 'now' | 'log'>,
): Promise<NonNullable<Lane['sent']>> {
  const now = deps.now();
  const [first] = events;
  const acceptedAt = new Date(first?.acceptedAt ?? now);
  const times =
    before && first && sentUntil(before, { key: first.pk, entry, acceptedAt }) ? before.times + 1 : 1;
  // Two sweepers, or two checks in one run, that see an event in the same state send the same message id: SQS takes one of them.
  const purpose = `sweep:${entry}:${times}` as const;
  for (const { pk } of events) {
    await deps.send({ event: pk, generation, lane, purpose });
    deps.count('sent');
    deps.log.info('sent again', { event: pk, lane });
  }
  const behind = entry === 0 ? undefined : sentBehind(before);
  const only = events.length === 1 ? first?.pk : undefined;
  return { entry, only, upTo: new Date(events.at(-1)?.acceptedAt ?? now), at: now, times, behind };
}
