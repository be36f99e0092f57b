import { byField, byHeader, form, json, type Happenings } from './happenings.ts';

const statusOf = (participant: string) =>
  json({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: '9' },
              statuses: [
                {
                  id: 'wamid.1',
                  status: 'read',
                  timestamp: '1772366400',
                  recipient_id: 'group',
                  recipient_type: 'group',
                  recipient_participant_id: participant,
                },
              ],
            },
          },
        ],
      },
    ],
  });
const mandrill = (...events: object[]) => form({ mandrill_events: JSON.stringify(events) });
const click = { event: 'click', _id: 'm', ts: 1772366400, msg: { email: 'a@example.com' } };
const slackEvent = (event: object, id = 'c') =>
  json({ type: 'event_callback', team_id: 'T', event_id: id, event });
const zoom = (more: object) =>
  json({
    event: 'meeting.sharing_started',
    event_ts: 1772366400000,
    payload: { account_id: 'a', object: { uuid: 'U==', id: '1', ...more } },
  });
const graphOfHubspot = {
  portalId: 1,
  subscriptionId: 2,
  eventId: 100,
  occurredAt: 1772366400000,
  subscriptionType: 'contact.propertyChange',
  objectId: 5,
  attemptNumber: 0,
};
const hubspot: Happenings = {
  id: 'portal, subscription, event id, time, object and property',
  differ:
    'any of them: the event id alone is not promised to be unique; of a workflow its bytes, within an hour',
  first: json([{ ...graphOfHubspot, propertyName: 'a' }]),
  second: json([{ ...graphOfHubspot, propertyName: 'b' }]),
  again: json([{ ...graphOfHubspot, propertyName: 'a', attemptNumber: 3 }]),
  sameLane: [json([{ ...graphOfHubspot, eventId: 101, subscriptionType: 'contact.deletion' }])],
};
const telegram = (update_id: number, more: object = {}) =>
  json({ update_id, message: { message_id: 1, chat: { id: 7 }, ...more } });

export const chatAndEmail: Readonly<Record<string, Happenings>> = {
  'discord-events': {
    id: 'digest of the bytes',
    differ: '`event.timestamp`, to the microsecond',
    first: json({
      type: 1,
      event: { type: 'ENTITLEMENT_UPDATE', timestamp: '2026-03-01T12:00:00.000001', data: { id: 'e' } },
    }),
    second: json({
      type: 1,
      event: { type: 'ENTITLEMENT_UPDATE', timestamp: '2026-03-01T12:00:00.000002', data: { id: 'e' } },
    }),
    sameLane: [
      json({
        type: 1,
        event: { type: 'ENTITLEMENT_DELETE', timestamp: '2026-03-01T12:00:00.000003', data: { id: 'e' } },
      }),
    ],
  },
  'discord-interactions': {
    id: '`id`',
    differ: 'each interaction has its own, and comes once',
    ...byField('id', { type: 2, channel_id: 'c', token: 't' }),
    sameLane: [json({ id: 'c', type: 3, channel_id: 'c', token: 't' })],
  },
  hubspot,
  'hubspot-v1': hubspot,
  'hubspot-v2': hubspot,
  mailchimp: {
    id: 'digest of the bytes',
    differ: '`fired_at`, to the second, and what was changed',
    repeats: 'the same change of one subscriber twice within one second',
    first: form({
      type: 'profile',
      fired_at: '2026-03-01 12:00:00',
      'data[list_id]': 'l',
      'data[email]': 'a@example.com',
    }),
    second: form({
      type: 'profile',
      fired_at: '2026-03-01 12:00:01',
      'data[list_id]': 'l',
      'data[email]': 'a@example.com',
    }),
    sameLane: [
      form({
        type: 'unsubscribe',
        fired_at: '2026-03-01 12:00:02',
        'data[list_id]': 'l',
        'data[email]': 'a@example.com',
      }),
    ],
  },
  mailgun: {
    id: '`event-data.id`; of a form its token',
    differ: 'each event has its own',
    first: json({ 'event-data': { id: 'a', event: 'opened', message: { headers: { 'message-id': 'm' } } } }),
    second: json({ 'event-data': { id: 'b', event: 'opened', message: { headers: { 'message-id': 'm' } } } }),
    sameLane: [form({ event: 'clicked', token: 't', 'Message-Id': 'm' })],
  },
  mandrill: {
    id: 'message, event, second, and digest of the event',
    differ: 'anything in the event, such as the link that was clicked',
    repeats: 'two events that are equal to the byte within one second',
    first: mandrill({ ...click, url: 'https://example.com/a' }),
    second: mandrill({ ...click, url: 'https://example.com/b' }),
    sameLane: [mandrill({ ...click, event: 'open' })],
  },
  meta: {
    id: 'that of the message; of a status message, status and participant; of other changes the digest of the bytes',
    differ: 'the id; of a group’s message whose status it is; else the time, in milliseconds or seconds',
    repeats: 'two changes of a page or an account that are equal to the byte within one second',
    first: statusOf('a'),
    second: statusOf('b'),
    sameLane: [
      json({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: '1',
            changes: [
              {
                field: 'messages',
                value: { metadata: { phone_number_id: '9' }, messages: [{ id: 'wamid.2', from: 'group' }] },
              },
            ],
          },
        ],
      }),
    ],
  },
  postmark: {
    id: 'kind, message, and bounce, or recipient, time and link',
    differ: 'the time, below the millisecond; of clicks the link too',
    first: json({
      RecordType: 'Click',
      MessageID: 'm',
      Recipient: 'a@example.com',
      ReceivedAt: '2026-03-01T12:00:00.0000001Z',
      OriginalLink: 'https://example.com/a',
    }),
    second: json({
      RecordType: 'Click',
      MessageID: 'm',
      Recipient: 'a@example.com',
      ReceivedAt: '2026-03-01T12:00:00.0000001Z',
      OriginalLink: 'https://example.com/b',
    }),
    sameLane: [
      json({
        RecordType: 'Open',
        MessageID: 'm',
        Recipient: 'a@example.com',
        ReceivedAt: '2026-03-01T12:00:00Z',
      }),
    ],
  },
  resend: {
    id: '`svix-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('svix-id', { type: 'email.opened', data: { email_id: 'e' } }),
    sameLane: [json({ type: 'email.clicked', data: { email_id: 'e' } }, { 'svix-id': 'c' })],
  },
  sendgrid: {
    id: '`sg_event_id`',
    differ: 'each event has its own',
    first: json([{ sg_event_id: 'a', sg_message_id: 'm', event: 'open', timestamp: 1 }]),
    second: json([{ sg_event_id: 'b', sg_message_id: 'm', event: 'open', timestamp: 1 }]),
    sameLane: [json([{ sg_event_id: 'c', sg_message_id: 'm', event: 'click', timestamp: 1 }])],
  },
  slack: {
    id: '`event_id`; of commands and interactions `trigger_id`; else the digest of the bytes',
    differ: 'each event has its own and keeps it in retries',
    first: slackEvent({ type: 'message', channel: 'C', ts: '1.1' }, 'a'),
    second: slackEvent({ type: 'message', channel: 'C', ts: '1.1' }, 'b'),
    sameLane: [
      slackEvent({ type: 'channel_rename', channel: { id: 'C', name: 'x' } }),
      slackEvent({ type: 'reaction_added', item: { type: 'message', channel: 'C', ts: '1.1' } }, 'd'),
      form({
        payload: JSON.stringify({
          type: 'block_actions',
          trigger_id: 't',
          team: { id: 'T' },
          channel: { id: 'C' },
        }),
      }),
      form({ command: '/x', trigger_id: 'u', team_id: 'T', channel_id: 'C' }),
    ],
  },
  telegram: {
    id: '`update_id`, and the week it came in',
    differ: 'the number; after a week without updates the next one is random',
    first: telegram(5),
    second: telegram(6),
    sameLane: [
      json({ update_id: 8, callback_query: { id: 'q', from: { id: 1 }, message: { chat: { id: 7 } } } }),
    ],
  },
  telnyx: {
    id: '`data.id`',
    differ: 'each event has its own; `meta.attempt` grows in retries',
    first: json({
      data: { id: 'a', event_type: 'call.dtmf.received', payload: { call_session_id: 's' } },
      meta: { attempt: 1 },
    }),
    second: json({
      data: { id: 'b', event_type: 'call.dtmf.received', payload: { call_session_id: 's' } },
      meta: { attempt: 1 },
    }),
    again: json({
      data: { id: 'a', event_type: 'call.dtmf.received', payload: { call_session_id: 's' } },
      meta: { attempt: 2 },
    }),
    sameLane: [json({ data: { id: 'c', event_type: 'call.hangup', payload: { call_session_id: 's' } } })],
  },
  twilio: {
    id: '`I-Twilio-Idempotency-Token`; of a CloudEvent its source and id; else the digest of the bytes within a minute',
    differ: 'each request has its own and keeps it in retries',
    first: form(
      { CallSid: 'CA1', CallStatus: 'in-progress', Digits: '1' },
      { 'i-twilio-idempotency-token': 'a' },
    ),
    second: form(
      { CallSid: 'CA1', CallStatus: 'in-progress', Digits: '1' },
      { 'i-twilio-idempotency-token': 'b' },
    ),
    sameLane: [
      form({ CallSid: 'CA1', CallStatus: 'completed' }, { 'i-twilio-idempotency-token': 'c' }),
      json([
        {
          specversion: '1.0',
          id: 'e',
          source: '/c',
          type: 'com.twilio.voice.status-callback.call.completed',
          data: { CallSid: 'CA1' },
        },
      ]),
    ],
  },
  twitch: {
    id: '`Twitch-Eventsub-Message-Id`, and the id of the event in a batch',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('twitch-eventsub-message-id', {
      subscription: { type: 'channel.follow', status: 'enabled', condition: { broadcaster_user_id: '1' } },
      event: {},
    }),
    sameLane: [
      json(
        {
          subscription: { type: 'stream.online', status: 'enabled', condition: { broadcaster_user_id: '1' } },
          event: {},
        },
        { 'twitch-eventsub-message-id': 'c' },
      ),
    ],
  },
  vonage: {
    id: 'message, time and status; of calls the digest of the bytes',
    differ: 'the status, and the time in milliseconds',
    first: json({
      uuid: 'u',
      conversation_uuid: 'CON',
      timestamp: '2026-03-01T12:00:00.001Z',
      dtmf: { digits: '1' },
    }),
    second: json({
      uuid: 'u',
      conversation_uuid: 'CON',
      timestamp: '2026-03-01T12:00:00.002Z',
      dtmf: { digits: '1' },
    }),
    sameLane: [form({ uuid: 'u', conversation_uuid: 'CON', from: '1', to: '2' })],
  },
  x: {
    id: 'kind, user and id; of follows and the like the digest of the bytes',
    differ: 'the id; else the time in milliseconds',
    first: json({
      for_user_id: '1',
      follow_events: [
        { type: 'follow', created_timestamp: '1772366400000', target: { id: '1' }, source: { id: '2' } },
      ],
    }),
    second: json({
      for_user_id: '1',
      follow_events: [
        { type: 'follow', created_timestamp: '1772366400001', target: { id: '1' }, source: { id: '2' } },
      ],
    }),
    sameLane: [json({ for_user_id: '1', tweet_create_events: [{ id_str: '9' }] })],
  },
  zendesk: {
    id: '`id` of Zendesk’s own events; else `X-Zendesk-Webhook-Invocation-Id`',
    differ:
      'each event, and each invocation, has its own and keeps it in retries; an id in the body of a trigger is a ticket’s',
    ...byHeader('x-zendesk-webhook-invocation-id', { id: '35436', status: 'open' }),
  },
  zoom: {
    id: 'digest of the bytes',
    differ: '`event_ts`, in milliseconds, and everything else',
    first: zoom({ participant: { user_id: '1', sharing_details: { date_time: 'x' } } }),
    second: zoom({ participant: { user_id: '2', sharing_details: { date_time: 'x' } } }),
    sameLane: [json({ event: 'meeting.ended', event_ts: 1, payload: { object: { uuid: 'U==', id: '1' } } })],
  },
};
