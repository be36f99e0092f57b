import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { source } from '../../../functions/sources/define-source.ts';
import { readEvents } from '../../../functions/sources/read-events.ts';
import type { SourceOptions } from '../../../functions/sources/source.ts';
import { none } from '../../../functions/signatures/none.ts';

const acceptedAt = new Date('2026-03-01T12:00:00Z');

function read<Body = unknown>(
  options: Partial<SourceOptions<Body>>,
  body: unknown,
  headers: Record<string, string> = {},
) {
  return readEvents({
    sourceName: 'acme',
    source: source({ verify: none(), id: 'id', ...options }),
    body,
    raw: Buffer.from(JSON.stringify(body)),
    headers,
    acceptedAt,
  });
}

describe('one event', () => {
  it('is read by path, header and function', async () => {
    const result = await read<{ customer: { name: string } }>(
      {
        id: 'data.0.id',
        type: 'header:X-Type',
        lane: (e) => `${e.source}-${e.type}-${e.body.customer.name}`,
      },
      { data: [{ id: 7 }], customer: { name: 'ann' } },
      { 'x-type': 'paid' },
    );

    expect(result).toEqual({
      kind: 'events',
      events: [
        {
          source: 'acme',
          eventId: '7',
          type: 'paid',
          lane: 'acme#acme-paid-ann',
          body: { data: [{ id: 7 }], customer: { name: 'ann' } },
          raw: Buffer.from('{"data":[{"id":7}],"customer":{"name":"ann"}}'),
          headers: { 'x-type': 'paid' },
          acceptedAt,
        },
      ],
    });
  });

  it('has the source for a type, and is its own lane, where neither is configured', async () => {
    expect(await read({}, { id: 'e1' })).toMatchObject({
      events: [{ type: 'acme', lane: 'acme#e1' }],
    });
  });

  it.each([undefined, null, ''])('is its own lane where its entity is %j', async (customer) => {
    expect(await read({ lane: 'customer' }, { id: 'e1', customer })).toMatchObject({
      events: [{ lane: 'acme#e1' }],
    });
  });

  it.each([
    ['missing', {}, 'missing-id'],
    ['null', { id: null }, 'missing-id'],
    ['empty', { id: '' }, 'missing-id'],
    ['an object', { id: {} }, 'invalid-id'],
    ['a list', { id: ['a'] }, 'invalid-id'],
    ['true', { id: true }, 'invalid-id'],
    ['a fraction', { id: 1.5 }, 'invalid-id'],
    ['a number that lost digits', { id: 2 ** 53 }, 'invalid-id'],
  ])('is refused when its id is %s', async (_, body, cause) => {
    expect(await read({}, body)).toMatchObject({ kind: 'invalid', cause, issues: [{ path: 'id' }] });
  });

  it('takes an id of 512 characters, and the digest of one that can be no key', async () => {
    const idOf = async (id: string) => {
      const result = await read({}, { id });
      return result.kind === 'events' ? result.events[0]!.eventId : result.cause;
    };
    const odd = ['x'.repeat(513), 'ü'.repeat(257), 'a\nb', 'a\ud800', 'a\ud801'];

    expect(await idOf('x'.repeat(512))).toBe('x'.repeat(512));
    const digests = await Promise.all(odd.map(idOf));
    expect(digests).toEqual(odd.map(() => expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as unknown));
    expect(new Set(digests).size).toBe(odd.length);
  });

  it.each([{}, { id: null }, { id: {} }, { id: 1.5 }])(
    'has another id where the source knows one, and its own is %j',
    async (body) => {
      const idOtherwise = ({ headers }: { headers: Readonly<Record<string, string>> }) => headers['x-id'];

      expect(await read({ idOtherwise }, body, { 'x-id': 'other' })).toMatchObject({
        events: [{ eventId: 'other' }],
      });
      expect(await read({ idOtherwise }, body)).toMatchObject({ kind: 'invalid' });
    },
  );

  it.each([7, 'text', true, null])(
    'is none where the body is %j, also where there is another id',
    async (body) => {
      expect(await read({ idOtherwise: () => 'other' }, body)).toMatchObject({ cause: 'missing-id' });
    },
  );

  it('has no id by an inherited name', async () => {
    expect(await read({ id: 'constructor.name' }, {})).toMatchObject({ cause: 'missing-id' });
    expect(await read({ id: 'length' }, 'text')).toMatchObject({ cause: 'missing-id' });
  });

  it.each([{}, { kind: 5.5 }, { kind: 'x'.repeat(257) }, { kind: 'a\u0000' }, { kind: {} }])(
    'has the source for a type, and says so, where its own is none: %j',
    async (body) => {
      expect(await read({ type: 'kind' }, { id: 'e1', ...body })).toMatchObject({
        events: [{ type: 'acme', lacks: ['type'] }],
      });
    },
  );

  it('keeps long and odd entities apart, by their digest', async () => {
    const laneOf = async (entity: unknown) => {
      const result = await read({ lane: 'entity' }, { id: 'e1', entity });
      return result.kind === 'events' ? result.events[0]!.lane : result.cause;
    };

    expect(await laneOf('x'.repeat(512))).toBe(`acme#${'x'.repeat(512)}`);
    expect(await laneOf('x'.repeat(513))).toMatch(/^acme#sha256:[0-9a-f]{64}$/);
    expect(await laneOf('a\u0000b')).toMatch(/^acme#sha256:/);
    expect(await laneOf('a\ud800')).toMatch(/^acme#sha256:/);
    expect(await laneOf('a\ud800')).not.toBe(await laneOf('a\ud801'));
    expect(await laneOf('x'.repeat(513))).toBe(await laneOf('x'.repeat(513)));
    expect(await laneOf('ü#/ %')).toBe('acme#ü#/ %');
    expect(await laneOf(42)).toBe('acme#42');
    expect(await laneOf({})).toBe('acme#e1');
    expect(await laneOf(false)).toBe('acme#e1');
  });

  it('is its own lane, without a trace of the exception, where a function of the source throws', async () => {
    const lane = () => {
      throw new Error('secret detail');
    };
    const result = await read({ lane }, { id: 'e1' });

    expect(result).toMatchObject({ events: [{ lane: 'acme#e1', lacks: ['lane'] }] });
    expect(JSON.stringify(result)).not.toContain('secret detail');
  });

  it('lacks nothing that it may do without', async () => {
    const result = await read({ lane: 'customer' }, { id: 'e1' });

    expect(result.kind === 'events' && 'lacks' in result.events[0]!).toBe(false);
  });
});

describe('a schema', () => {
  const schema = z.object({
    id: z.string(),
    amount: z.coerce.number().positive(),
    items: z.array(z.string()),
  });

  it('shapes the body, and the raw bytes stay', async () => {
    const result = await read({ schema }, { id: 'e1', amount: '12', items: [], more: true });

    expect(result).toMatchObject({ events: [{ body: { id: 'e1', amount: 12, items: [] } }] });
    if (result.kind === 'events') expect(String(result.events[0]!.raw)).toContain('"more":true');
  });

  it('names every path that is wrong', async () => {
    expect(await read({ schema }, { id: 5, amount: -1, items: ['a', 7] })).toMatchObject({
      kind: 'invalid',
      cause: 'invalid-body',
      issues: [{ path: 'id' }, { path: 'amount' }, { path: 'items.1' }],
    });
  });

  it('may be asynchronous, and may throw', async () => {
    const slow = z.object({ id: z.string() }).refine(() => Promise.resolve(true));
    const broken = z.object({ id: z.string() }).transform(() => {
      throw new Error('secret detail');
    });

    expect(await read({ schema: slow }, { id: 'e1' })).toMatchObject({ kind: 'events' });
    const result = await read({ schema: broken }, { id: 'e1' });
    expect(result).toMatchObject({ kind: 'invalid', cause: 'invalid-body' });
    expect(JSON.stringify(result)).not.toContain('secret detail');
  });
});

describe('a body with several events', () => {
  it('is split; each part has its own id, lane and bytes', async () => {
    const result = await read(
      { split: 'events', lane: 'about' },
      { events: [{ id: 'a', about: 'x' }, { id: 'b', about: 'y' }, { id: 'c' }] },
    );

    expect(result).toMatchObject({
      events: [
        { eventId: 'a', lane: 'acme#x', raw: Buffer.from('{"id":"a","about":"x"}') },
        { eventId: 'b', lane: 'acme#y' },
        { eventId: 'c', lane: 'acme#c' },
      ],
    });
  });

  it('is refused as a whole where one part is wrong, by its path', async () => {
    expect(await read({ split: 'events' }, { events: [{ id: 'a' }, { name: 'b' }] })).toEqual({
      kind: 'invalid',
      cause: 'missing-id',
      issues: [{ path: 'events.1.id', message: 'is missing' }],
    });
  });

  it('may be the array itself, or whatever a function finds in it', async () => {
    expect(await read({ split: '.' }, [{ id: 'a' }, { id: 'b' }])).toMatchObject({
      events: [{ eventId: 'a' }, { eventId: 'b' }],
    });
    expect(
      await read({ split: (body) => [body, body].map((one, at) => ({ one, id: at + 1 })) }, {}),
    ).toMatchObject({
      events: [{ eventId: '1' }, { eventId: '2' }],
    });
  });

  it('leaves to each part the bytes that were sent', async () => {
    const json = String.raw`{"events" : [ {"id" : 12345678901234567,  "n":1e400} , {"id":"b","m":"\u0061"} ]}`;
    const body: unknown = JSON.parse(json);
    const result = await readEvents({
      sourceName: 'acme',
      source: source({ verify: none(), id: ({ raw }) => String(raw.length), split: 'events' }),
      body,
      json,
      raw: Buffer.from(json),
      headers: {},
      acceptedAt,
    });

    expect(result.kind === 'events' && result.events.map(({ raw }) => String(raw))).toEqual([
      '{"id" : 12345678901234567,  "n":1e400}',
      String.raw`{"id":"b","m":"\u0061"}`,
    ]);
  });

  it('may be empty: a heartbeat', async () => {
    expect(await read({ split: 'events' }, { events: [] })).toEqual({ kind: 'events', events: [] });
  });

  it.each([
    {},
    { events: 5 },
    { events: {} },
    { events: ['a'] },
    { events: Array(10_001).fill({ id: 'a' }) },
  ])('is refused where it holds no list of events', async (body) => {
    expect(await read({ split: 'events' }, body)).toMatchObject({
      kind: 'invalid',
      cause: 'invalid-body',
      issues: [{ path: 'events' }],
    });
  });

  it('is refused when the function that splits it throws', async () => {
    const split = () => {
      throw new Error('secret detail');
    };

    expect(await read({ split }, {})).toMatchObject({ kind: 'invalid', cause: 'invalid-body' });
  });
});

describe('order fields', () => {
  const order = { sequence: 'n', version: 'v' };

  it('are normalised', async () => {
    expect(await read({ lane: 'e', order }, { id: 'a', n: '7', v: '2026-03-01T12:00:00Z' })).toMatchObject({
      events: [{ order: { sequence: 7, version: '1772366400' } }],
    });
  });

  it('are left out where the source has no such rule', async () => {
    const result = await read({ lane: 'e', order: { after: { b: ['a'] } } }, { id: 'a' });

    expect(result.kind === 'events' && 'order' in result.events[0]!).toBe(false);
  });

  it.each([
    [{ v: 1 }, 'n'],
    [{ n: -1, v: 1 }, 'n'],
    [{ n: 1.5, v: 1 }, 'n'],
    [{ n: '1e3', v: 1 }, 'n'],
    [{ n: 2 ** 53, v: 1 }, 'n'],
  ])('are refused by path when they are no number of a sequence: %j', async (fields, path) => {
    expect(await read({ lane: 'e', order }, { id: 'a', ...fields })).toMatchObject({
      kind: 'invalid',
      cause: 'invalid-order',
      issues: [{ path }],
    });
  });
});

it.each([{}, { v: null }, { v: 'new' }, { v: -1 }, { v: {} }])(
  'runs an event without a version, and says so: %j',
  async (fields) => {
    const result = await read({ lane: 'e', order: { version: 'v' } }, { id: 'a', ...fields });

    expect(result).toMatchObject({ events: [{ lacks: ['version'] }] });
    expect(result.kind === 'events' && 'order' in result.events[0]!).toBe(false);
    expect(
      await read({ lane: 'e', order: { sequence: 'n', version: 'v' } }, { id: 'a', n: 3, ...fields }),
    ).toMatchObject({
      events: [{ order: { sequence: 3 } }],
    });
  },
);

it('never throws, whatever the body', async () => {
  const options: Partial<SourceOptions<{ a: { b: string } }>> = {
    id: 'id',
    type: (e) => e.body.a.b,
    lane: 'a.b.c',
    order: { version: 'v' },
  };

  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom(undefined, 'id', '.'), async (body, split) => {
      const result = await read(split === undefined ? options : { ...options, split }, body);

      expect(['events', 'invalid']).toContain(result.kind);
    }),
    { numRuns: 500 },
  );
});
