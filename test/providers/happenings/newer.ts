import { byField, byHeader, json, type Happenings } from './happenings.ts';

const ofProfile = { data: { relationships: { profile: { data: { id: 'p' } } } } };

/** Two changes of what one channel watches, and another one of it. */
function googleChanges(state: string, other: string) {
  const change = (number: string, what = state) => ({
    body: '',
    headers: {
      'x-goog-channel-id': 'c',
      'x-goog-message-number': number,
      'x-goog-resource-id': 'r',
      'x-goog-resource-state': what,
    },
  });
  return { first: change('10'), second: change('11'), sameLane: [change('12', other)] };
}

export const newer: Readonly<Record<string, Happenings>> = {
  'adobe-sign': {
    id: '`webhookNotificationId`',
    differ: 'each notification has its own',
    ...byField('webhookNotificationId', { event: 'AGREEMENT_MODIFIED', agreement: { id: 'g' } }),
    sameLane: [
      json({ webhookNotificationId: 'c', event: 'AGREEMENT_ACTION_COMPLETED', agreement: { id: 'g' } }),
    ],
  },
  eventbridge: {
    id: '`id`',
    differ: 'each event has its own, the same for all rules that it matches',
    ...byField('id', { 'detail-type': 'Object Created', source: 'aws.s3', resources: ['r'] }),
    sameLane: [json({ id: 'c', 'detail-type': 'Object Deleted', source: 'aws.s3', resources: ['r'] })],
  },
  'google-calendar': {
    id: '`X-Goog-Channel-ID` and `X-Goog-Message-Number`',
    differ: 'the number grows from message to message of a channel',
    ...googleChanges('exists', 'not_exists'),
  },
  'google-drive': {
    id: '`X-Goog-Channel-ID` and `X-Goog-Message-Number`',
    differ: 'the number grows from message to message of a channel',
    ...googleChanges('update', 'trash'),
  },
  klaviyo: {
    id: '`topic` and `external_id`',
    differ: 'each event has an id of its own',
    first: json({ data: [{ external_id: 'a', topic: 'event:klaviyo.opened_email', payload: ofProfile }] }),
    second: json({ data: [{ external_id: 'b', topic: 'event:klaviyo.opened_email', payload: ofProfile }] }),
    sameLane: [
      json({ data: [{ external_id: 'a', topic: 'event:klaviyo.clicked_email', payload: ofProfile }] }),
    ],
  },
  monday: {
    id: '`event.triggerUuid` and `event.subscriptionId`',
    differ: 'each happening has an id of its own, which all webhooks that it triggers share',
    first: json({
      event: { type: 'update_name', boardId: 1, pulseId: 2, subscriptionId: 3, triggerUuid: 'a' },
    }),
    second: json({
      event: { type: 'update_name', boardId: 1, pulseId: 2, subscriptionId: 4, triggerUuid: 'a' },
    }),
    sameLane: [
      json({ event: { type: 'delete_pulse', boardId: 1, itemId: 2, subscriptionId: 3, triggerUuid: 'c' } }),
    ],
  },
  nango: {
    id: 'digest of the bytes and the millisecond they came',
    differ: 'nothing that is sent: a connection may be authorized again, or a provider send the same again',
    first: json({ type: 'auth', operation: 'override', providerConfigKey: 'k', connectionId: 'c' }),
    second: json({ type: 'auth', operation: 'override', providerConfigKey: 'k', connectionId: 'c' }),
    retryRunsAgain: true,
    sameLane: [json({ type: 'sync', syncName: 's', providerConfigKey: 'k', connectionId: 'c' })],
  },
  airwallex: {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', { name: 'payment_intent.updated', data: { object: { id: 'i' } } }),
    sameLane: [json({ id: 'c', name: 'payment_intent.succeeded', data: { object: { id: 'i' } } })],
  },
  attio: {
    id: '`Idempotency-Key`, and digest of the event',
    differ: 'each delivery has a key of its own and keeps it in retries',
    ...byHeader('idempotency-key', { events: [{ event_type: 'record.updated', id: { record_id: 'r' } }] }),
    sameLane: [
      json(
        { events: [{ event_type: 'note.created', id: { note_id: 'n' }, parent_record_id: 'r' }] },
        { 'idempotency-key': 'c' },
      ),
    ],
  },
  'cal-com': {
    id: 'digest of the bytes',
    differ: '`createdAt`, to the millisecond, and the booking',
    first: json({
      triggerEvent: 'BOOKING_PAID',
      createdAt: '2026-03-01T12:00:00.000Z',
      payload: { uid: 'u' },
    }),
    second: json({
      triggerEvent: 'BOOKING_PAID',
      createdAt: '2026-03-01T12:00:00.001Z',
      payload: { uid: 'u' },
    }),
    sameLane: [
      json({
        triggerEvent: 'BOOKING_CANCELLED',
        createdAt: '2026-03-01T12:00:01.000Z',
        payload: { uid: 'u' },
      }),
    ],
  },
  cashfree: {
    id: 'digest of the bytes',
    differ: '`event_time` and the payment',
    repeats: 'two equal events of one payment within one second',
    first: json({
      type: 'PAYMENT_FAILED_WEBHOOK',
      event_time: '2026-03-01T12:00:00+05:30',
      data: { order: { order_id: 'o' } },
    }),
    second: json({
      type: 'PAYMENT_FAILED_WEBHOOK',
      event_time: '2026-03-01T12:00:01+05:30',
      data: { order: { order_id: 'o' } },
    }),
    sameLane: [json({ type: 'PAYMENT_SUCCESS_WEBHOOK', data: { order: { order_id: 'o' } } })],
  },
  'checkout-com': {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', { type: 'payment_captured', data: { id: 'p' } }),
    sameLane: [json({ id: 'c', type: 'payment_refunded', data: { id: 'p' } })],
  },
  close: {
    id: '`event.id`',
    differ: 'each event has its own',
    first: json({ event: { id: 'a', object_type: 'lead', object_id: 'l', lead_id: 'l', action: 'updated' } }),
    second: json({
      event: { id: 'b', object_type: 'lead', object_id: 'l', lead_id: 'l', action: 'updated' },
    }),
    sameLane: [
      json({ event: { id: 'c', object_type: 'note', object_id: 'n', lead_id: 'l', action: 'created' } }),
    ],
  },
  cursor: {
    id: '`X-Webhook-ID`',
    differ: 'each delivery has its own',
    ...byHeader('x-webhook-id', { event: 'statusChange', id: 'g', status: 'FINISHED' }),
    sameLane: [json({ event: 'statusChange', id: 'g', status: 'ERROR' }, { 'x-webhook-id': 'c' })],
  },
  'customer-io': {
    id: '`event_id`',
    differ: 'each event has its own',
    ...byField('event_id', { object_type: 'email', metric: 'clicked', data: { customer_id: 'p' } }),
    sameLane: [json({ event_id: 'c', object_type: 'email', metric: 'sent', data: { customer_id: 'p' } })],
  },
  deepgram: {
    id: '`metadata.request_id`',
    differ: 'each request for a transcription has its own, and is answered once',
    first: json({ metadata: { request_id: 'a' } }),
    second: json({ metadata: { request_id: 'b' } }),
  },
  elevenlabs: {
    id: 'digest of the bytes',
    differ: 'the kind, the conversation and the second',
    repeats: 'two equal events of one conversation within one second',
    first: json({ type: 'post_call_audio', event_timestamp: 1, data: { conversation_id: 'v' } }),
    second: json({ type: 'post_call_audio', event_timestamp: 2, data: { conversation_id: 'v' } }),
    sameLane: [json({ type: 'post_call_transcription', event_timestamp: 1, data: { conversation_id: 'v' } })],
  },
  'event-grid': {
    id: '`id` and `topic`',
    differ: 'each event of a topic has its own',
    first: json([{ id: 'a', topic: 't', subject: 's', eventType: 'x' }]),
    second: json([{ id: 'b', topic: 't', subject: 's', eventType: 'x' }]),
    sameLane: [json([{ id: 'c', topic: 't', subject: 's', eventType: 'y' }])],
  },
  front: {
    id: '`payload.id`',
    differ: 'each event has its own',
    first: json({ type: 'tag_added', payload: { id: 'a', conversation: { id: 'v' } } }),
    second: json({ type: 'tag_added', payload: { id: 'b', conversation: { id: 'v' } } }),
    sameLane: [json({ type: 'message_received', payload: { id: 'c', conversation: { id: 'v' } } })],
  },
  fusionauth: {
    id: '`event.id`',
    differ: 'each event has its own and keeps it in retries',
    first: json({ event: { id: 'a', type: 'user.login.success', user: { id: 'u' } } }),
    second: json({ event: { id: 'b', type: 'user.login.success', user: { id: 'u' } } }),
    sameLane: [json({ event: { id: 'c', type: 'user.delete', user: { id: 'u' } } })],
  },
  'help-scout': {
    id: 'digest of the bytes and of `X-HelpScout-Event`, within a day',
    differ: 'the event, and the resource with its times',
    repeats: 'two equal events that leave the resource as it was, within a day',
    first: json({ id: 1, userUpdatedAt: '2026-03-01T12:00:00Z' }, { 'x-helpscout-event': 'convo.tags' }),
    second: json({ id: 1, userUpdatedAt: '2026-03-01T12:00:00Z' }, { 'x-helpscout-event': 'convo.status' }),
    sameLane: [json({ id: 1, tags: [] }, { 'x-helpscout-event': 'convo.assigned' })],
  },
  lithic: {
    id: '`webhook-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('webhook-id', { event_type: 'card_transaction.updated', card_token: 'k' }),
    sameLane: [json({ event_type: 'card.created', card_token: 'k' }, { 'webhook-id': 'c' })],
  },
  livekit: {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', { event: 'track_published', room: { name: 'r' } }),
    sameLane: [json({ id: 'c', event: 'egress_ended', egressInfo: { roomName: 'r' } })],
  },
  nylas: {
    id: '`id`',
    differ: 'each notification has its own and keeps it in retries',
    ...byField('id', { type: 'message.updated', data: { object: { id: 'm' } } }),
    sameLane: [json({ id: 'c', type: 'message.opened', data: { object: { id: 'm' } } })],
  },
  pandadoc: {
    id: '`X-PandaDoc-Webhook-Event-Id`, and digest of the event',
    differ: 'each delivery has its own and keeps it in retries',
    ...byHeader('x-pandadoc-webhook-event-id', [{ event: 'document_updated', data: { id: 'd' } }]),
    sameLane: [json([{ event: 'recipient_completed', data: { id: 'd' } }])],
  },
  retell: {
    id: 'digest of the bytes',
    differ: 'the event, and the call as it is by then',
    repeats: 'two updates of a transcript that are equal to the byte',
    first: json({ event: 'transcript_updated', call: { call_id: 'k', transcript: 'a' } }),
    second: json({ event: 'transcript_updated', call: { call_id: 'k', transcript: 'ab' } }),
    sameLane: [json({ event: 'call_ended', call: { call_id: 'k' } })],
  },
  revenuecat: {
    id: '`event.id`',
    differ: 'each event has its own and keeps it in retries',
    first: json({ event: { id: 'a', type: 'RENEWAL', app_user_id: 'u' } }),
    second: json({ event: { id: 'b', type: 'RENEWAL', app_user_id: 'u' } }),
    sameLane: [json({ event: { id: 'c', type: 'CANCELLATION', app_user_id: 'u' } })],
  },
  revolut: {
    id: 'digest of the bytes; of the Merchant API, whose bodies have no time, also of `Revolut-Request-Timestamp`',
    differ: 'the time, to the microsecond, or that of the request, to the millisecond',
    ...byHeader('revolut-request-timestamp', { event: 'ORDER_PAYMENT_DECLINED', order_id: 'o' }),
    again: json({ event: 'ORDER_PAYMENT_DECLINED', order_id: 'o' }, { 'revolut-request-timestamp': 'c' }),
    retryRunsAgain: true,
    sameLane: [json({ event: 'ORDER_COMPLETED', order_id: 'o' }, { 'revolut-request-timestamp': 'd' })],
  },
  sanity: {
    id: '`idempotency-key`',
    differ: 'each delivery has its own and keeps it in retries',
    ...byHeader(
      'idempotency-key',
      { _id: 'd', _type: 'post' },
      { 'sanity-operation': 'update', 'sanity-document-id': 'd' },
    ),
    sameLane: [json({ _id: 'd' }, { 'idempotency-key': 'c', 'sanity-operation': 'delete' })],
  },
  segment: {
    id: '`messageId`',
    differ: 'each call has its own',
    ...byField('messageId', { type: 'track', event: 'Clicked', userId: 'u' }),
    sameLane: [json({ messageId: 'c', type: 'identify', userId: 'u' })],
  },
  snyk: {
    id: '`X-Snyk-Transport-ID`',
    differ: 'each delivery has its own',
    ...byHeader('x-snyk-transport-id', { project: { id: 'p' } }, { 'x-snyk-event': 'project_snapshot/v0' }),
    sameLane: [json({ project: { id: 'p' }, newIssues: [] }, { 'x-snyk-transport-id': 'c' })],
  },
  supabase: {
    id: '`webhook-id`',
    differ: 'each call of the hook has its own',
    ...byHeader('webhook-id', { user: { id: 'u' }, email_data: { email_action_type: 'recovery' } }),
    sameLane: [json({ user: { id: 'u' }, sms: { otp: '1' } }, { 'webhook-id': 'c' })],
  },
  teams: {
    id: '`id` and conversation',
    differ: 'each activity of a conversation has its own',
    ...byField('id', { type: 'message', conversation: { id: 'v' } }),
    sameLane: [json({ id: 'c', type: 'message', conversation: { id: 'v' } })],
  },
  vapi: {
    id: 'digest of the bytes',
    differ: '`timestamp`, to the millisecond, and the message',
    first: json({ message: { type: 'speech-update', timestamp: 1, call: { id: 'k' } } }),
    second: json({ message: { type: 'speech-update', timestamp: 2, call: { id: 'k' } } }),
    sameLane: [json({ message: { type: 'hang', timestamp: 3, call: { id: 'k' } } })],
  },
  webflow: {
    id: 'digest of the bytes, within a day',
    differ: 'what changed, with its times',
    repeats: 'two events that are equal to the byte within a day',
    first: json({
      triggerType: 'collection_item_changed',
      payload: { id: 'i', lastUpdated: '2026-03-01T12:00:00.000Z' },
    }),
    second: json({
      triggerType: 'collection_item_changed',
      payload: { id: 'i', lastUpdated: '2026-03-01T12:00:00.001Z' },
    }),
    sameLane: [json({ triggerType: 'collection_item_deleted', payload: { id: 'i' } })],
  },
};
