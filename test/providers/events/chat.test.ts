import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { discordEvents } from '../../../functions/providers/discord-events/preset.ts';
import { discordInteractions } from '../../../functions/providers/discord-interactions/preset.ts';
import { meta } from '../../../functions/providers/meta/preset.ts';
import { telegram } from '../../../functions/providers/telegram/preset.ts';
import { telnyx } from '../../../functions/providers/telnyx/preset.ts';
import { twitch } from '../../../functions/providers/twitch/preset.ts';
import { vonage } from '../../../functions/providers/vonage/preset.ts';
import { x } from '../../../functions/providers/x/preset.ts';
import { zoom } from '../../../functions/providers/zoom/preset.ts';
import { eventsOf, otherwise } from '../events-of.ts';

const read = (
  ...[source, body, headers]: [Parameters<typeof eventsOf>[0], unknown, Record<string, string>?]
) => eventsOf(source, JSON.stringify(body), headers);
const hashOf = (body: object) => createHash('sha256').update(JSON.stringify(body)).digest('hex');

it('Discord: what the event is about, else the user', async () => {
  const body = (type: string, data: object) => ({
    version: 1,
    application_id: '1',
    type: 1,
    event: { type, timestamp: '2026-03-01T12:00:00.000000', data },
  });
  const entitled = body('ENTITLEMENT_CREATE', { id: 'e1', user_id: 'u1' });
  const authorized = body('APPLICATION_AUTHORIZED', { integration_type: 1, user: { id: 'u1' }, scopes: [] });

  expect(await read(discordEvents(), entitled)).toEqual([[hashOf(entitled), 'ENTITLEMENT_CREATE', 'e1']]);
  expect(await read(discordEvents(), authorized)).toEqual([
    [hashOf(authorized), 'APPLICATION_AUTHORIZED', 'u1'],
  ]);
});

it.each([
  [2, 'application-command'],
  [3, 'message-component'],
  [4, 'autocomplete'],
  [5, 'modal-submit'],
  [9, 'type-9'],
])('Discord: interactions of type %i are called %s', async (type, name) => {
  const body = { id: 'i1', application_id: '1', type, token: 't', channel_id: 'c1' };

  expect(await read(discordInteractions(), body)).toEqual([['i1', name, 'c1']]);
});

it('Telegram: the chat of whatever the update holds, else the user', async () => {
  const update = (kind: string, value: object) => ({ update_id: 5, [kind]: value });
  const of = async (kind: string, value: object) =>
    await eventsOf(telegram(), JSON.stringify(update(kind, value)), {}, new Date('2026-03-01T12:00:00Z'));
  const id = '5/2026-02-26T00:00:00.000Z';

  expect(await of('message', { chat: { id: -100 }, from: { id: 7 } })).toEqual([[id, 'message', '-100']]);
  expect(await of('callback_query', { id: 'q', from: { id: 7 }, message: { chat: { id: -100 } } })).toEqual([
    [id, 'callback_query', '-100'],
  ]);
  expect(await of('inline_query', { id: 'q', from: { id: 7 } })).toEqual([[id, 'inline_query', '7']]);
  expect(await of('poll', { id: 'p' })).toEqual([[id, 'poll', id]]);
});

describe('Meta', () => {
  it('tells WhatsApp messages and the states of a message apart, conversation by conversation', async () => {
    const change = (own: object) => ({
      field: 'messages',
      value: { messaging_product: 'whatsapp', metadata: { phone_number_id: '106' }, ...own },
    });
    const status = (state: string) => ({
      id: 'wamid.1',
      status: state,
      recipient_id: '49',
      timestamp: '1772366400',
    });
    const body = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102',
          changes: [
            change({ messages: [{ id: 'wamid.2', from: '44', timestamp: '1772366400', type: 'text' }] }),
            change({ statuses: [status('sent'), status('delivered')] }),
          ],
        },
      ],
    };

    expect(await read(meta(), body)).toEqual([
      ['wamid.2', 'message', '106/44'],
      ['wamid.1/sent', 'status.sent', '106/49'],
      ['wamid.1/delivered', 'status.delivered', '106/49'],
    ]);
  });

  it('reads Messenger, whose page also hears its own messages', async () => {
    const [user, page] = [{ id: 'u1' }, { id: 'p1' }];
    const read1 = { sender: user, recipient: page, timestamp: 2, read: { watermark: 1 } };
    const messaging = [
      { sender: user, recipient: page, timestamp: 1, message: { mid: 'm1', text: 'hi' } },
      { sender: page, recipient: user, timestamp: 2, message: { mid: 'm2', is_echo: true } },
      { sender: user, recipient: page, timestamp: 3, message: { mid: 'm1', is_deleted: true } },
      { sender: user, recipient: page, timestamp: 4, postback: { mid: 'm3', payload: 'x' } },
      read1,
    ];
    const body = { object: 'page', entry: [{ id: 'p1', time: 9, messaging }] };
    const part = { object: 'page', entry: { id: 'p1', time: 9 }, messaging: read1 };

    expect(await read(meta(), body)).toEqual([
      ['m1', 'message', 'p1/u1'],
      ['m2', 'message', 'p1/u1'],
      ['m1/deleted', 'message', 'p1/u1'],
      ['m3', 'postback', 'p1/u1'],
      [hashOf(part), 'read', 'p1/u1'],
    ]);
  });

  it('reads other changes by their field and page', async () => {
    const change = { field: 'feed', value: { item: 'like', verb: 'add' } };
    const body = { object: 'page', entry: [{ id: 'p1', time: 9, changes: [change] }] };
    const part = { object: 'page', entry: { id: 'p1', time: 9 }, ...change };

    expect(await read(meta(), body)).toEqual([[hashOf(part), 'feed', 'p1']]);
  });

  it('drops nothing that it does not know', async () => {
    const entry = { id: 'p1', time: 9, changed_fields: ['feed'] };
    const part = { object: 'page', entry };
    const other = { entry: {}, object: 'page', sample: { field: 'feed' } };

    expect(await read(meta(), { object: 'page', entry: [entry] })).toEqual([[hashOf(part), 's', 'p1']]);
    expect(await read(meta(), { object: 'page', sample: { field: 'feed' } })).toEqual([
      [hashOf(other), 's', hashOf(other)],
    ]);
  });

  it('has a version in each of them', async () => {
    const source = meta({ order: { version: meta.facts.version! } });
    const body = {
      object: 'page',
      entry: [
        {
          id: 'p1',
          time: 9,
          changes: [{ field: 'feed', value: {} }],
          messaging: [{ timestamp: 5, sender: { id: 'u' }, read: {} }],
        },
      ],
    };

    expect(await read(source, body)).toHaveLength(2);
  });

  it.each([
    { object: 'page', entry: [5] },
    { object: 'page', entry: [{ id: 'p1', messaging: 'x' }] },
    { object: 'page', entry: [{ id: 'p1', changes: [null] }] },
    { object: 'page', entry: [{ id: 'p1', changes: [{ field: 'messages', value: { messages: ['x'] } }] }] },
  ])('refuses all of a body that holds something else: %j', async (body) => {
    expect(await read(meta(), body)).toBe('invalid-body');
  });
});

describe('X', () => {
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

    expect(await read(x(), body)).toEqual([
      ['tweet_create_events/1/10', 'tweet_create_events', '1'],
      ['tweet_create_events/1/11', 'tweet_create_events', '1'],
      ['direct_message_events/1/12', 'direct_message_events', '1'],
      ['tweet_delete_events/1/10', 'tweet_delete_events', '1'],
      [`follow_events/1/${hashOf(part)}`, 'follow_events', '1'],
    ]);
  });

  it('reads the newer products, whose bodies are one event', async () => {
    const body = {
      data: { event_type: 'profile.update.bio', event_uuid: 'e1', filter: { user_id: '1' }, payload: {} },
    };

    expect(await read(x(), body)).toEqual([['e1', 'profile.update.bio', '1']]);
  });

  it.each([123, true, 'abc', null])(
    'takes no event from %j, which could be a challenge that we signed',
    async (body) => {
      expect(await read(x(), body)).toBe('missing-id');
    },
  );

  it('refuses a list of something else', async () => {
    expect(await read(x(), { for_user_id: '1', follow_events: ['x'] })).toBe('invalid-body');
  });
});

describe('Twitch', () => {
  const headers = {
    'twitch-eventsub-message-id': 'm1',
    'twitch-eventsub-message-timestamp': '2026-03-01T12:00:00.123456789Z',
  };
  const subscription = {
    id: 's',
    type: 'stream.online',
    status: 'enabled',
    condition: { broadcaster_user_id: '1' },
  };

  it('reads notifications and revocations', async () => {
    expect(await read(twitch(), { subscription, event: { id: 'e' } }, headers)).toEqual([
      ['m1', 'stream.online', '1'],
    ]);
    expect(
      await read(twitch(), { subscription: { ...subscription, status: 'authorization_revoked' } }, headers),
    ).toEqual([['m1', 'revocation', '1']]);
  });

  it('finds the channel or the user under other names', async () => {
    const laneOf = async (condition: object) =>
      (
        (await read(
          twitch(),
          { subscription: { ...subscription, condition }, event: {} },
          headers,
        )) as string[][]
      )[0]![2];

    expect(await laneOf({ from_broadcaster_user_id: '', to_broadcaster_user_id: '2' })).toBe('2');
    expect(await laneOf({ user_id: '3' })).toBe('3');
    expect(await laneOf({ client_id: 'c' })).toBe('m1');
  });

  it('reads a batch event by event', async () => {
    const type = 'drop.entitlement.grant';
    const events = [
      { id: 'd1', data: {} },
      { id: 'd2', data: {} },
    ];
    const body = { subscription: { ...subscription, type, condition: { organization_id: 'o' } }, events };

    expect(await read(twitch(), body, headers)).toEqual([
      ['m1/d1', type, 'm1/d1'],
      ['m1/d2', type, 'm1/d2'],
    ]);
    expect(await read(twitch(), { ...body, events: [{}] }, headers)).toEqual([[otherwise, type, otherwise]]);
  });

  it('has a version with all its digits', async () => {
    const source = twitch({ order: { version: twitch.facts.version! } });

    expect(await read(source, { subscription, event: {} }, headers)).toHaveLength(1);
  });
});

it('Zoom: all that is sent is the id, its time in it, and the lane the meeting or the call', async () => {
  const body = (object: object) => ({
    event: 'meeting.participant_left',
    event_ts: 1772366400000,
    payload: { account_id: 'a', object },
  });
  const deauthorized = { event: 'app_deauthorized', payload: { user_id: 'u' } };

  expect(await read(zoom(), body({ uuid: 'U==', id: 1, participant: { participant_uuid: 'P1' } }))).toEqual([
    [
      hashOf(body({ uuid: 'U==', id: 1, participant: { participant_uuid: 'P1' } })),
      'meeting.participant_left',
      'U==',
    ],
  ]);
  expect(await read(zoom(), body({ uuid: 'U==', id: 1, participant: { user_id: '16778240' } }))).toEqual([
    [
      hashOf(body({ uuid: 'U==', id: 1, participant: { user_id: '16778240' } })),
      'meeting.participant_left',
      'U==',
    ],
  ]);
  expect(await read(zoom(), body({ id: 'w1' }))).toEqual([
    [hashOf(body({ id: 'w1' })), 'meeting.participant_left', 'w1'],
  ]);
  expect(await read(zoom(), deauthorized)).toEqual([
    [hashOf(deauthorized), 'app_deauthorized', hashOf(deauthorized)],
  ]);
});

it('Telnyx: calls by their session, messages by themselves; another attempt is the same event', async () => {
  const body = (event_type: string, payload: object, attempt: number) => ({
    data: { id: 'e1', event_type, occurred_at: '2026-03-01T12:00:00.000Z', payload, record_type: 'event' },
    meta: { attempt },
  });

  expect(await read(telnyx(), body('call.hangup', { call_session_id: 's1', call_leg_id: 'l' }, 1))).toEqual([
    ['e1', 'call.hangup', 's1'],
  ]);
  expect(await read(telnyx(), body('message.finalized', { id: 'm1' }, 1))).toEqual([
    ['e1', 'message.finalized', 'm1'],
  ]);
  expect(await read(telnyx(), body('message.finalized', { id: 'm1' }, 2))).toEqual([
    ['e1', 'message.finalized', 'm1'],
  ]);
});

it('Vonage: messages, their states and calls', async () => {
  const timestamp = '2026-03-01T12:00:00.000Z';
  const recording = { recording_url: 'https://api.nexmo.com/v1/files/1', conversation_uuid: 'CON-1' };

  expect(await read(vonage(), { message_uuid: 'm1', timestamp, text: 'hi', channel: 'sms' })).toEqual([
    [`m1/${timestamp}`, 'inbound', 'm1'],
  ]);
  expect(await read(vonage(), { message_uuid: 'm1', timestamp, status: 'read' })).toEqual([
    [`m1/${timestamp}/read`, 'read', 'm1'],
  ]);
  const answered = { uuid: 'c1', conversation_uuid: 'CON-1', timestamp, status: 'answered' };
  expect(await read(vonage(), answered)).toEqual([[hashOf(answered), 'answered', 'CON-1']]);
  expect(await read(vonage(), recording)).toEqual([[hashOf(recording), 'inbound', 'CON-1']]);
});
