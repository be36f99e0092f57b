import { describe, expect, it } from 'vitest';
import { mandrill } from '../../functions/providers/mandrill/preset.ts';
import { mandrillSample } from '../../functions/providers/mandrill/sample.ts';
import { agreesWithLibrary, jsonBodies, textSecrets } from '../support/provider/agrees-with-library.ts';
import { hmac, withHeaders } from '../support/provider/documented-formula.ts';
import { digestOf, eventsOf, form } from '../support/provider/events-of.ts';
import { answersLook } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('mandrill');

describe('its events', () => {
  const read = (events: readonly unknown[]) =>
    eventsOf(mandrill(), `mandrill_events=${encodeURIComponent(JSON.stringify(events))}`, form);

  it('reads messages, and what is about none', async () => {
    const rejected = { type: 'blacklist', action: 'add', reject: { email: 'a@b.com' }, ts: 1365109999 };
    const inbound = { event: 'inbound', ts: 1365109998, msg: { subject: 'Grüße' } };

    const click = { event: 'click', _id: 'a1', ts: 1365109997, url: 'https://x' };

    expect(await read([click, inbound, rejected])).toEqual([
      [`a1/click/1365109997/${digestOf(JSON.stringify(click))}`, 'click', 'a1'],
      [digestOf(JSON.stringify(inbound)), 'inbound', digestOf(JSON.stringify(inbound))],
      [digestOf(JSON.stringify(rejected)), 'blacklist', digestOf(JSON.stringify(rejected))],
    ]);
  });

  it('takes an empty list, which is a test of the address', async () => {
    expect(await read([])).toEqual([]);
  });
});

it('answers a look at the address', () => answersLook(mandrill(), 'HEAD'));

agreesWithLibrary({
  name: 'the documented formula',
  sample: mandrillSample,
  keys: textSecrets,
  bodies: jsonBodies.map((events) => new URLSearchParams({ mandrill_events: events }).toString()),
  sign: (request, { secret }) => {
    const fields = [...new URLSearchParams(Buffer.from(request.body).toString())].sort();
    const signed = 'https://hooks.example.com/webhooks/mandrill' + fields.flat().join('');
    return withHeaders(request, {
      'x-mandrill-signature': hmac('sha1', secret, signed).toString('base64'),
    });
  },
});
