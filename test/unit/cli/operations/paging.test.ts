import { expect, it } from 'vitest';
import { askPage } from '../../../../cli/operations/paging.ts';
import type { Asked, OpsClient } from '../../../../cli/operations/ops-client.ts';
import { testTerminal } from '../../../support/test-terminal.ts';

const event = (eventId: string) => ({ source: 'billing', eventId, state: 'retrying', attempts: 1 });

/** An API that has these pages, each behind the cursor that is its number, and a clock that a page takes so long. */
function listOf(pages: readonly (readonly string[])[], pageMs = 200) {
  const asked: Asked['query'][] = [];
  let nowMs = Date.parse('2026-11-30T12:00:00Z');
  const ask = ((_name, { query = {} } = {}) => {
    asked.push(query);
    nowMs += pageMs;
    const n = Number(query['cursor'] ?? 0);
    const items = (pages[n] ?? []).slice(0, Number(query['limit'])).map(event);
    const more = n + 1 < pages.length && { cursor: String(n + 1), searchedTo: `2026-11-${29 - n}T00:00:00Z` };
    return Promise.resolve({ json: { items, ...more }, value: undefined });
  }) as OpsClient['ask'];
  const { terminal, printed } = testTerminal({ now: () => new Date(nowMs), hasProgress: true });
  const page = (limit: number, cursor?: string) =>
    askPage(
      'listEvents',
      { state: 'retrying' },
      { limit, ...(cursor !== undefined && { cursor }) },
      { client: { ask }, terminal },
    );
  return { page, asked, printed };
}

it('goes on through empty and short pages until a page is full, and no further', async () => {
  const { page, asked } = listOf([[], ['a', 'b'], [], ['c', 'd'], ['e']]);

  const { value, json } = await page(3);

  expect(value.items.map(({ eventId }) => eventId)).toEqual(['a', 'b', 'c']);
  expect(json).toEqual({ items: ['a', 'b', 'c'].map(event), cursor: '4', searchedTo: value.searchedTo });
  expect(asked.map((query) => [query?.['state'], query?.['limit'], query?.['cursor']])).toEqual([
    ['retrying', 3, undefined],
    ['retrying', 3, '1'],
    ['retrying', 1, '2'],
    ['retrying', 1, '3'],
  ]);
});

it('ends with the list, without a cursor', async () => {
  const { page } = listOf([[], ['a'], []]);

  const { value } = await page(50);

  expect(value).toEqual({ items: [expect.objectContaining({ eventId: 'a' })] });
});

it('says how far back it has come, and after ten seconds gives what there is', async () => {
  const { page, asked, printed } = listOf([['a'], ...Array.from({ length: 20 }, () => [])], 2100);

  const { value } = await page(50);

  expect(value).toMatchObject({ items: [{ eventId: 'a' }], cursor: '5', searchedTo: '2026-11-25T00:00:00Z' });
  expect(asked).toHaveLength(5);
  expect(printed.errors).toContain('1 found, searched back to 2026-11-26 00:00:00Z');
  expect(printed.errors.endsWith('\r\u001b[K')).toBe(true);
});

it('begins behind a cursor', async () => {
  const { page, asked } = listOf([['a'], ['b']]);

  const { value } = await page(1, '1');

  expect(value.items).toMatchObject([{ eventId: 'b' }]);
  expect(asked).toEqual([{ state: 'retrying', limit: 1, cursor: '1' }]);
});
