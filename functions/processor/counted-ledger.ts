import type { EventState } from '../ledger/entry.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What became of the events of one invocation. */
export type Counts = Partial<Record<Count | 'EndToEndMs', number>>;

type Count = 'Processed' | 'Failed' | 'Retried' | 'Waiting';

const counted: Partial<Record<EventState, Count>> = {
  processed: 'Processed',
  failed: 'Failed',
  quarantined: 'Failed',
  retrying: 'Retried',
  waiting: 'Waiting',
};

/** A ledger that counts what is appended to it, and how long events took from their acceptance to their end. */
export function countedLedger(ledger: Ledger): { readonly ledger: Ledger; takeCounts(): Counts } {
  let counts: Counts = {};
  const acceptedAt = new Map<EventKey, Date>();
  return {
    ledger: {
      ...ledger,
      async read(key) {
        const record = await ledger.read(key);
        if (record.event) acceptedAt.set(key, record.event.acceptedAt);
        return record;
      },
      async append(key, ...rest) {
        const outcome = await ledger.append(key, ...rest);
        const name = outcome.kind === 'appended' ? counted[outcome.entry.state] : undefined;
        if (outcome.kind !== 'appended' || name === undefined) return outcome;
        counts[name] = (counts[name] ?? 0) + 1;
        const since = acceptedAt.get(key);
        if (name === 'Processed' && since) counts.EndToEndMs = outcome.entry.at.getTime() - since.getTime();
        return outcome;
      },
    },
    takeCounts() {
      const taken = counts;
      counts = {};
      acceptedAt.clear();
      return taken;
    },
  };
}
