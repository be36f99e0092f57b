import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../../cli/command-error.ts';
import { readReceived } from '../../../../cli/listening/received.ts';
import type { OpsClient } from '../../../../cli/operations/ops-client.ts';

const event = { source: 'billing', eventId: 'a/b' };

interface Shown {
  readonly format: 'json' | 'text' | 'base64';
  readonly body: unknown;
  readonly redacted?: readonly string[];
}

/** An API that has one payload, or refuses it. */
function apiWith(shown: Shown | CommandError, raw = '') {
  const fetched: string[] = [];
  const client = {
    ask: async () => {
      if (shown instanceof CommandError) throw shown;
      return { value: { headers: { 'content-type': 'x/y' }, redacted: [], ...shown }, json: {} };
    },
    fetch: async (path: string) => {
      fetched.push(path);
      return new Response(raw);
    },
  } as unknown as Pick<OpsClient, 'ask' | 'fetch'>;
  return { client, fetched };
}

const textOf = async (shown: Shown | CommandError, raw?: string) => {
  const received = await readReceived(event, apiWith(shown, raw).client);
  return received.kind === 'received' ? Buffer.from(received.body).toString('latin1') : received.why;
};

describe('the payload of an event', () => {
  it('has the bytes as they came, where it is JSON and where it is not', async () => {
    expect(await textOf({ format: 'json', body: { a: 1 } }, '{ "a": 1.0 }')).toBe('{ "a": 1.0 }');
    expect(await textOf({ format: 'json', body: 'text' }, '"text"')).toBe('"text"');
    expect(await textOf({ format: 'text', body: 'a=1' })).toBe('a=1');
    expect(await textOf({ format: 'base64', body: '//79' })).toBe('\xff\xfe\xfd');
  });

  it('that is redacted is what may be shown, and says so; its bytes are not asked for', async () => {
    const { client, fetched } = apiWith({ format: 'json', body: { card: '…' }, redacted: ['card'] });

    const received = await readReceived(event, client);

    expect(received).toMatchObject({ redacted: ['card'], body: new TextEncoder().encode('{"card":"…"}') });
    expect(fetched).toEqual([]);
  });

  it.each([
    ['body-gone', 'its body has expired'],
    ['payload-too-large', 'its body is larger than an answer of the API'],
    ['payload-redacted', 'its source redacts bodies, and this one is no JSON'],
    ['unknown-event', 'there is no such event any more'],
  ])('that is refused for %s is none, and says why', async (cause, why) => {
    expect(await textOf(new CommandError('refused', 3, { cause }))).toBe(why);
  });

  it('that the caller may not read ends the command, and names the permission', async () => {
    const denied = new CommandError('GET /payloads/billing/a: answered 403', 5, { message: 'Forbidden' });

    await expect(textOf(denied)).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringContaining('GET /payloads/*') as string,
    });
  });

  it('of an API that does not answer ends the command', async () => {
    const away = new CommandError('does not answer', 6);

    await expect(textOf(away)).rejects.toBe(away);
  });
});
