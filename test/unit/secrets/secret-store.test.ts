import { describe, expect, it } from 'vitest';
import { parseSecretList, secretReader } from '../../../functions/secrets/secret-store.ts';

function aStore(lists: (readonly string[] | Error)[]) {
  const calls: string[] = [];
  const reported: unknown[] = [];
  let nowMs = 1_000_000_000;
  const reader = secretReader({
    fetch: async (source) => {
      calls.push(source);
      const next = lists[Math.min(calls.length, lists.length) - 1]!;
      await Promise.resolve();
      if (next instanceof Error) throw next;
      return next;
    },
    now: () => new Date(nowMs),
    report: (_, error) => reported.push(error),
  });
  return { reader, calls, reported, wait: (seconds: number) => (nowMs += seconds * 1000) };
}

describe('reading', () => {
  it('asks once a minute and source', async () => {
    const { reader, calls, wait } = aStore([['a'], ['b'], ['c']]);

    expect(await reader.read('acme')).toEqual(['a']);
    wait(59);
    expect(await reader.read('acme')).toEqual(['a']);
    expect(await reader.read('other')).toEqual(['b']);
    wait(1);
    expect(await reader.read('acme')).toEqual(['c']);
    expect(calls).toEqual(['acme', 'other', 'acme']);
  });

  it('shares one call among concurrent readers', async () => {
    const { reader, calls } = aStore([['a']]);

    await Promise.all([reader.read('acme'), reader.read('acme'), reader.refresh('acme')]);

    expect(calls).toHaveLength(1);
  });

  it('keeps the last good list when a call fails, reports it, and tries again soon', async () => {
    const { reader, calls, reported, wait } = aStore([['a'], new Error('down'), ['b']]);
    await reader.read('acme');
    wait(60);

    expect(await reader.read('acme')).toEqual(['a']);
    expect(reported).toEqual([new Error('down')]);
    expect(await reader.read('acme')).toEqual(['a']);
    expect(calls).toHaveLength(2);
    wait(5);
    expect(await reader.read('acme')).toEqual(['b']);
  });

  it('rejects where there never was a list: that is an outage, not a missing secret', async () => {
    const { reader } = aStore([new Error('down'), ['a']]);

    await expect(reader.read('acme')).rejects.toThrow('down');
    expect(await reader.read('acme')).toEqual(['a']);
  });
});

describe('refreshing', () => {
  it('asks anew at most once a minute', async () => {
    const { reader, calls, wait } = aStore([['a'], ['b'], ['c']]);
    await reader.read('acme');

    expect(await reader.refresh('acme')).toEqual(['b']);
    for (let i = 0; i < 100; i++) expect(await reader.refresh('acme')).toEqual(['b']);
    expect(calls).toHaveLength(2);
    expect(await reader.read('acme')).toEqual(['b']);
    wait(60);
    expect(await reader.refresh('acme')).toEqual(['c']);
  });

  it('keeps the list, and to its minute, when the call fails', async () => {
    const { reader, calls } = aStore([['a'], new Error('down')]);
    await reader.read('acme');

    expect(await reader.refresh('acme')).toEqual(['a']);
    expect(await reader.refresh('acme')).toEqual(['a']);
    expect(calls).toHaveLength(2);
  });
});

describe('secrets for handshakes', () => {
  it('are kept apart: who guesses one must not be able to sign', async () => {
    const { reader, calls } = aStore([['newest', 'handshake:typed', 'older']]);

    expect(await reader.read('acme')).toEqual(['newest', 'older']);
    expect(await reader.readForHandshake('acme')).toEqual(['typed']);
    expect(await reader.refresh('acme')).toEqual(['newest', 'older']);
    expect(calls).toHaveLength(2);
  });
});

describe('pairing', () => {
  const open = ['pairing:1970-01-12T14:00:00Z'];

  it('is seen at once where it is open, and its entry is no secret', async () => {
    const { reader, calls } = aStore([open]);

    expect(await reader.isPairing('acme')).toBe(true);
    expect(await reader.read('acme')).toEqual([]);
    expect(await reader.readForHandshake('acme')).toEqual([]);
    expect(calls).toHaveLength(1);
  });

  it('is looked for anew where it seems not to be open, at most once a minute', async () => {
    const { reader, calls, wait } = aStore([[], open, ['a']]);
    await reader.read('acme');

    expect(await reader.isPairing('acme')).toBe(true);
    reader.forget('acme');
    for (let i = 0; i < 100; i++) expect(await reader.isPairing('acme')).toBe(false);
    expect(calls).toHaveLength(3);
    wait(60);
    expect(await reader.isPairing('acme')).toBe(false);
    // The list was due by then, and a look beyond it is allowed again.
    expect(calls).toHaveLength(5);
  });

  it('ends with its time, without asking', async () => {
    const { reader, wait } = aStore([['pairing:1970-01-12T13:46:45Z']]);

    expect(await reader.isPairing('acme')).toBe(true);
    wait(5);
    expect(await reader.isPairing('acme')).toBe(false);
  });
});

describe('forgetting', () => {
  it('makes the next read ask anew', async () => {
    const { reader, calls } = aStore([['a'], ['b']]);
    await reader.read('acme');

    reader.forget('acme');

    expect(await reader.read('acme')).toEqual(['b']);
    expect(await reader.read('acme')).toEqual(['b']);
    expect(calls).toHaveLength(2);
  });
});

describe('parseSecretList', () => {
  it('reads a JSON list, without white space around', () => {
    expect(parseSecretList('["newest", " older\\n"]')).toEqual(['newest', 'older']);
    expect(parseSecretList('[]')).toEqual([]);
  });

  it.each(['', 'plain', '"text"', '{}', '[1]', '[""]', '[" "]', '[["a"]]', 'null'])(
    'refuses %j, without quoting it',
    (text) => {
      expect(() => parseSecretList(text)).toThrow(
        /^a source’s secrets must be a JSON list of texts, newest first$/,
      );
    },
  );
});
