import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { x } from '../../functions/providers/x/preset.ts';
import { xSample } from '../../functions/providers/x/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithFormula, hmac } from '../support/provider/documented-formula.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { answered, ask } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('x');

it('reads all lists of a body', async () => {
  const follow = {
    type: 'follow',
    created_timestamp: '1772366400000',
    target: { id: '1' },
    source: { id: '2' },
  };
  const body = {
    for_user_id: '1',
    users: { '2': { id: '2' } },
    tweet_create_events: [{ id_str: '10' }, { id_str: '11' }],
    direct_message_events: [{ type: 'message_create', id: '12' }],
    tweet_delete_events: [{ status: { id: '10', user_id: '1' }, timestamp_ms: '1' }],
    follow_events: [follow],
  };
  const part = { for_user_id: '1', users: { '2': { id: '2' } }, type: 'follow_events', event: follow };

  expect(await eventsOf(x(), body)).toEqual([
    ['tweet_create_events/1/10', 'tweet_create_events', '1'],
    ['tweet_create_events/1/11', 'tweet_create_events', '1'],
    ['direct_message_events/1/12', 'direct_message_events', '1'],
    ['tweet_delete_events/1/10', 'tweet_delete_events', '1'],
    [`follow_events/1/${digestOf(part)}`, 'follow_events', '1'],
  ]);
});

it('reads the newer products, whose bodies are one event', async () => {
  const body = {
    data: { event_type: 'profile.update.bio', event_uuid: 'e1', filter: { user_id: '1' }, payload: {} },
  };

  expect(await eventsOf(x(), body)).toEqual([['e1', 'profile.update.bio', '1']]);
});

it.each([123, true, 'abc', null])(
  'takes no event from %j, which could be a challenge that we signed',
  async (body) => {
    expect(await eventsOf(x(), JSON.stringify(body))).toBe('missing-id');
  },
);

it('refuses a list of something else', async () => {
  expect(await eventsOf(x(), { for_user_id: '1', follow_events: ['x'] })).toBe('invalid-body');
});

describe("X's challenge", () => {
  const crc = (token: string) =>
    aRequest({ method: 'GET', rawQuery: `crc_token=${encodeURIComponent(token)}` });

  it('is answered with its HMAC under the newest secret', () => {
    const token = 'ZTE4-Nzg0_MDQ2+Mw==';
    const proof = createHmac('sha256', 'newest').update(token).digest('base64');

    expect(ask(x(), crc(token), false)).toEqual(
      answered('crc', { status: 200, body: { response_token: `sha256=${proof}` } }),
    );
  });

  it.each(['{"for_user_id":"1"}', '[]', '"a"', 'a b', 'a'.repeat(257), 'a\n', 'é'])(
    'is refused where it is %j: the answer would be the signature of a body',
    (token) => {
      expect(ask(x(), crc(token), false)).toEqual({ kind: 'refused', name: 'crc' });
    },
  );

  it('is refused where there is no secret', () => {
    expect(ask(x(), crc('a'), false, [])).toEqual({ kind: 'refused', name: 'crc' });
    expect(ask(x(), crc('a'), false, [''])).toEqual({ kind: 'refused', name: 'crc' });
  });

  it('is none without a token, or by POST', () => {
    expect(ask(x(), aRequest({ method: 'GET' }), false)).toBeUndefined();
    expect(ask(x(), aRequest({ rawQuery: 'crc_token=a' }), false)).toBeUndefined();
  });
});

agreesWithFormula({
  sample: xSample,
  headers: ({ body }, secret) => ({
    'x-twitter-webhooks-signature': `sha256=${hmac('sha256', secret, body).toString('base64')}`,
  }),
});
