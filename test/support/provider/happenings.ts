import { expect, it } from 'vitest';
import type { CatalogEntry } from '../../../functions/providers/catalog-entry.ts';
import type { Source } from '../../../functions/sources/source.ts';
import { eventsOf } from './events-of.ts';
import type { Sent } from '../../../functions/providers/happenings.ts';

const at = new Date('2026-03-01T12:30:00.000Z');

async function read(source: Source, { body, headers }: Sent, afterSeconds = 0) {
  const events = await eventsOf(source, body, headers, new Date(at.getTime() + afterSeconds * 1000));
  if (typeof events === 'string') throw new Error(events);
  return events.map(([eventId, , lane]) => ({ eventId, lane }));
}

const idsOf = async (...given: Parameters<typeof read>) =>
  (await read(...given)).map(({ eventId }) => eventId);

/** Two happenings never share an id, and a retry has the id it had. */
export function happenings({ facts, source, happenings: of }: CatalogEntry): void {
  it('says what its ids are made of', () => {
    expect(of.id).not.toBe('');
    expect(of.differ).not.toBe('');
  });

  it('tells two happenings apart, as alike as its provider can make them', async () => {
    const first = await idsOf(source, of.first);
    const second = await idsOf(source, of.second, 1);

    expect(first.length).toBeGreaterThan(0);
    expect(second.filter((id) => first.includes(id))).toEqual([]);
  });

  it(
    of.retryRunsAgain ? 'takes a retry for another event, since it cannot know' : 'knows a retry again',
    async () => {
      const first = await idsOf(source, of.first);
      const again = await idsOf(source, of.again ?? of.first, of.againAfterSeconds ?? 59);

      if (of.retryRunsAgain) expect(again.filter((id) => first.includes(id))).toEqual([]);
      else expect(again).toEqual(first);
    },
  );

  if (typeof source.split !== 'string') {
    it('refuses nothing for want of an id, a type, an entity or a version', async () => {
      const { version = 'version' } = facts;
      const ordered = { ...source, ...(source.lane === undefined ? {} : { order: { version } }) };
      const isForm = source.bodyFormats.every((one) => one.startsWith('form'));
      const field = source.bodyFormats[0]?.slice('form:'.length) ?? '';
      const fields = field === '' ? 'other=1' : `${field}=${encodeURIComponent('{"other":1}')}`;
      const sent = isForm
        ? { body: fields, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
        : { body: { other: 1 } };

      expect(await read(ordered, sent)).toHaveLength(1);
    });
  }

  if (of.sameLane !== undefined) {
    it('has one lane for what happens to one entity', async () => {
      const [first, ...others] = (
        await Promise.all([of.first, ...of.sameLane!].map((sent) => read(source, sent)))
      ).flat();

      expect(first?.lane).not.toBe(first?.eventId);
      expect(others.map(({ lane }) => lane)).toEqual(others.map(() => first?.lane));
    });
  }
}
