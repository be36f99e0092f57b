import * as z from 'zod';
import { unreadableReason } from '../lane/attention.ts';
import { eventKey } from '../ledger/keys.ts';
import type { EventRecord } from '../ledger/ledger.ts';
import { named } from '../ledger/named.ts';
import { UnreadableItem } from '../ledger/unreadable.ts';
import { mostSubscribers, subscriberName } from '../sources/subscribers.ts';
import type { OperationsDeps } from './deps.ts';
import { eventView, type SubscriberState } from './event-view.ts';

/** What handing on wrote down: also those that the configuration does not name any more. */
const handedOn = z.object({ subscribers: z.array(z.string()).max(mostSubscribers) });

/** How an event is doing at each subscriber that it was handed on to: a read of one key for each that may have it. */
export async function subscriberStates(
  source: string,
  eventId: string,
  { entries }: EventRecord,
  deps: Pick<OperationsDeps, 'ledger' | 'sources'>,
): Promise<readonly SubscriberState[]> {
  const configured = Object.keys(named(deps.sources, source)?.subscribers ?? {});
  const written = entries.flatMap((entry) =>
    entry.state === 'processed' ? (handedOn.safeParse(entry.result).data?.subscribers ?? []) : [],
  );
  const names = [...new Set([...configured, ...written])].slice(0, mostSubscribers);
  const states = await Promise.all(names.map((name) => stateAt(name, source, eventId, deps)));
  return states.flatMap((state) => state ?? []);
}

/** Undefined: it was not handed on to that one. */
async function stateAt(
  name: string,
  source: string,
  eventId: string,
  { ledger }: Pick<OperationsDeps, 'ledger'>,
): Promise<SubscriberState | undefined> {
  const key = eventKey(subscriberName(source, name), eventId);
  try {
    const view = eventView(key, { ...(await ledger.read(key)), notes: [], more: false });
    if (view === undefined) return undefined;
    const { state, attempts, changedAt, reason } = view;
    return { name, state, attempts, changedAt, reason };
  } catch (error) {
    // It hides neither the event nor the others.
    if (!(error instanceof UnreadableItem)) throw error;
    return { name, state: 'pending', attempts: 0, reason: unreadableReason };
  }
}
