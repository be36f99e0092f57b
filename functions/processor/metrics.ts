import type { EventState } from '../ledger/entry.ts';
import type { StoredEvent } from '../ledger/event.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What became of the events of one invocation. */
export type Counts = Partial<Record<Count | 'EndToEndMs', number>>;

interface ReadEvent {
  readonly event: EventKey;
  readonly lane: string;
  readonly correlationId: string;
}

type Count = 'Processed' | 'Failed' | 'Retried' | 'Waiting';

const counted: Partial<Record<EventState, Count>> = {
  processed: 'Processed',
  failed: 'Failed',
  quarantined: 'Failed',
  retrying: 'Retried',
  waiting: 'Waiting',
};

/** A ledger that counts what is appended to it, and how long events took from their acceptance to their end. */
export function countedLedger(ledger: Ledger): {
  readonly ledger: Ledger;
  readonly takeCounts: () => Counts;
  /** The events that were read, as an operator finds them: in the operations, in their lane, and in the line of the request that brought them. */
  readonly takeEvents: () => readonly ReadEvent[];
} {
  let counts: Counts = {};
  const read = new Map<EventKey, StoredEvent>();
  return {
    ledger: {
      ...ledger,
      async read(key) {
        const record = await ledger.read(key);
        if (record.event) read.set(key, record.event);
        return record;
      },
      async append(key, ...rest) {
        const outcome = await ledger.append(key, ...rest);
        const name = outcome.kind === 'appended' ? counted[outcome.entry.state] : undefined;
        if (outcome.kind !== 'appended' || name === undefined) return outcome;
        counts[name] = (counts[name] ?? 0) + 1;
        const since = read.get(key)?.acceptedAt;
        if (name === 'Processed' && since) counts.EndToEndMs = outcome.entry.at.getTime() - since.getTime();
        return outcome;
      },
    },
    takeCounts() {
      const taken = counts;
      counts = {};
      return taken;
    },
    takeEvents() {
      const events = [...read].map(([event, { lane, correlationId }]) => ({ event, lane, correlationId }));
      read.clear();
      return events;
    },
  };
}
