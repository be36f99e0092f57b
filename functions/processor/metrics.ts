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
  /** What was counted since it was asked last, and which event was read first: as an operator finds it, in the operations, in its lane, in its request. */
  readonly take: () => { readonly counts: Counts; readonly event: ReadEvent | undefined };
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
    take() {
      const [event] = [...read].map(([event, { lane, correlationId }]) => ({ event, lane, correlationId }));
      const taken = { counts, event };
      counts = {};
      read.clear();
      return taken;
    },
  };
}
