import { expect, it } from 'vitest';
import type { AppendOutcome } from '../../../functions/ledger/append.ts';
import type { Entry, EventState } from '../../../functions/ledger/entry.ts';
import { eventKey } from '../../../functions/ledger/keys.ts';
import type { Ledger } from '../../../functions/ledger/ledger.ts';
import { countedLedger } from '../../../functions/processor/metrics.ts';

const key = eventKey('acme', 'e1');
const acceptedAt = new Date('2026-11-24T10:00:00Z');
const entry = (state: EventState) => ({ state, at: new Date('2026-11-24T10:00:03Z') }) as Entry;

/** A ledger that appends whatever it is given, unless somebody else was first. */
function counted({ isFenced = false } = {}) {
  const ledger = {
    read: async () => ({ event: { acceptedAt } }),
    append: async (_key: unknown, _newest: unknown, own: Entry): Promise<AppendOutcome> =>
      isFenced ? { kind: 'fenced', by: undefined } : { kind: 'appended', entry: own },
  };
  const { ledger: counting, take } = countedLedger(ledger as unknown as Ledger);
  const append = (state: EventState) => counting.append(key, undefined, entry(state));
  return { read: () => counting.read(key), append, takeCounts: () => take().counts };
}

it('counts what became of events, and how long they took from their acceptance', async () => {
  const { read, append, takeCounts } = counted();
  await read();
  for (const state of ['processing', 'retrying', 'processing', 'processed'] as const) await append(state);

  expect(takeCounts()).toEqual({ Retried: 1, Processed: 1, EndToEndMs: 3000 });
});

it('counts a quarantined event as failed, and nothing twice', async () => {
  const { append, takeCounts } = counted();
  await append('failed');
  await append('quarantined');
  await append('waiting');

  expect(takeCounts()).toEqual({ Failed: 2, Waiting: 1 });
  expect(takeCounts()).toEqual({});
});

it('counts nothing that somebody else has fenced', async () => {
  const { append, takeCounts } = counted({ isFenced: true });
  await append('processed');

  expect(takeCounts()).toEqual({});
});
