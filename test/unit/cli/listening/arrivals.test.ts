import { expect, it } from 'vitest';
import { arrivals } from '../../../../cli/listening/arrivals.ts';
import type { OpsClient } from '../../../../cli/operations/ops-client.ts';

const start = Date.parse('2026-11-24T10:00:00Z');

/** An API whose pages have two events. */
function apiOf() {
  const events: { source: string; eventId: string; acceptedAt: Date }[] = [];
  const asked: { from: string }[] = [];
  const client = {
    ask: async (_: string, { query }: { query: { from: string; cursor?: string } }) => {
      asked.push(query);
      const since = events.filter(({ acceptedAt }) => acceptedAt >= new Date(query.from)).toReversed();
      const at = Number(query.cursor ?? 0);
      const cursor = at + 2 < since.length ? { cursor: String(at + 2) } : {};
      return { value: { items: since.slice(at, at + 2), ...cursor }, json: {} };
    },
  } as unknown as Pick<OpsClient, 'ask'>;
  const arrive = (eventId: string, seconds: number) =>
    events.push({ source: 'acme', eventId, acceptedAt: new Date(start + seconds * 1000) });
  return { client, asked, arrive };
}

const idsOf = (found: readonly { readonly eventId: string }[]) => found.map(({ eventId }) => eventId);

it('finds what comes in after the first look, over all pages, oldest first, each once', async () => {
  const { client, arrive } = apiOf();
  arrive('before', -1);
  const next = arrivals(client, {}, () => new Date(start));

  const looks = [idsOf(await next())];
  for (let n = 0; n < 7; n++) arrive(`e${n}`, n);
  looks.push(idsOf(await next()), idsOf(await next()));
  arrive('e7', 8);
  looks.push(idsOf(await next()));

  expect(looks).toEqual([[], ['e0', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6'], [], ['e7']]);
});

it('begins with what comes in whichever clock is ahead, and looks no further back as time goes by', async () => {
  const { client, asked, arrive } = apiOf();
  // Of this machine, a minute ahead.
  const next = arrivals(client, {}, () => new Date(start + 60_000));

  await next();
  arrive('first', 1);
  const found = idsOf(await next());
  arrive('late', 3600);
  await next();
  await next();

  expect(found).toEqual(['first']);
  expect(asked.at(-1)?.from).toBe(new Date(start + 3600_000 - 120_000).toISOString());
});
