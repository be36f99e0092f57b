import { expect, it } from 'vitest';
import { passMinute, withMinute } from '../../../functions/sweeper/busy-minutes.ts';
import type { Swept } from '../../../functions/ledger/busy-hours.ts';

/** Sweeps minutes of one shard; returns what was written down, and where it stands then. */
async function swept(start: string, minutes: readonly boolean[]) {
  const written: unknown[] = [];
  const dynamodb = {
    send: async ({ input }: { readonly input: unknown }) =>
      void written.push((input as { Item: unknown }).Item),
  } as never;
  let cursor: Swept = { next: new Date(start) };
  for (const hasEvents of minutes) {
    const busy = withMinute(cursor, hasEvents);
    cursor = await passMinute('acme', 2, cursor.next, busy, { dynamodb, stateTable: 'state' });
  }
  return { written, cursor };
}

it('keeps the minutes with events of its hour, and since when it looks', async () => {
  const { written, cursor } = await swept('2026-11-24T10:57:00Z', [true, false]);

  expect(written).toEqual([]);
  expect(cursor).toEqual({
    next: new Date('2026-11-24T10:59:00Z'),
    since: new Date('2026-11-24T10:57:00Z'),
    busy: [57],
  });
});

it('writes an hour down when it leaves it, and begins the next one', async () => {
  const { written, cursor } = await swept('2026-11-24T10:57:00Z', [true, false, true, true]);

  expect(written).toMatchObject([{ pk: 'BUSY#acme', sk: '2026-11-24T10:00:00.000Z#2', minutes: [57, 59] }]);
  expect(cursor).toMatchObject({ next: new Date('2026-11-24T11:01:00Z'), busy: [0] });
});

it('writes nothing of an hour without events', async () => {
  const { written } = await swept('2026-11-24T10:00:00Z', Array<boolean>(120).fill(false));

  expect(written).toEqual([]);
});
