import { byField, byHeader, form, json, type Happenings } from './happenings.ts';

const figma = (more: object) =>
  json({
    event_type: 'DEV_MODE_STATUS_UPDATE',
    webhook_id: '22',
    timestamp: '2026-03-01T12:00:00Z',
    passcode: 'p',
    file_key: 'f',
    retries: 0,
    ...more,
  });
const calendly = (created_at: string) =>
  json({ event: 'invitee.created', created_at, payload: { uri: 'https://api.calendly.com/i/1' } });
const docusign = (recipientId: string, retryCount: number) =>
  json({
    event: 'recipient-completed',
    generatedDateTime: '2026-03-01T12:00:00.000Z',
    retryCount,
    data: { envelopeId: 'e', recipientId },
  });
const envelope = (status: string) =>
  `<?xml version="1.0"?><DocuSignEnvelopeInformation><EnvelopeStatus><EnvelopeID>e</EnvelopeID><Status>${status}</Status></EnvelopeStatus></DocuSignEnvelopeInformation>`;
const dropboxSign = (signature: string) =>
  form({
    json: JSON.stringify({
      event: {
        event_time: '1',
        event_type: 'signature_request_viewed',
        event_hash: 'h',
        event_metadata: { related_signature_id: signature },
      },
      signature_request: { signature_request_id: 'r' },
    }),
  });
const asana = (...events: object[]) => json({ events });
const change = {
  action: 'changed',
  created_at: '2026-03-01T12:00:00.000Z',
  resource: { gid: '1', resource_type: 'task' },
};
const intercom = { topic: 'contact.tag.created', created_at: 1, id: null, delivery_attempts: 1 };
const auth0 = (log_id: string) => ({
  log_id,
  data: { type: 's', user_id: 'u', date: '2026-03-01T12:00:00.000Z' },
});

export const workToolsAndIdentity: Readonly<Record<string, Happenings>> = {
  airtable: {
    id: 'webhook and time',
    differ: '`timestamp`, to the millisecond',
    first: json({ base: { id: 'b' }, webhook: { id: 'w' }, timestamp: '2026-03-01T12:00:00.001Z' }),
    second: json({ base: { id: 'b' }, webhook: { id: 'w' }, timestamp: '2026-03-01T12:00:00.002Z' }),
    sameLane: [json({ base: { id: 'b' }, webhook: { id: 'w' }, timestamp: '2026-03-01T12:00:00.003Z' })],
  },
  asana: {
    id: 'resource, action, millisecond, and digest of the event',
    differ: 'anything in the event, such as the field that changed',
    repeats: 'two events that are equal to the byte within one millisecond',
    first: asana({ ...change, change: { field: 'name' } }),
    second: asana({ ...change, change: { field: 'notes' } }),
    sameLane: [
      asana({
        action: 'added',
        created_at: '2026-03-01T12:00:00.000Z',
        resource: { gid: '2', resource_type: 'story' },
        parent: { gid: '1', resource_type: 'task' },
      }),
    ],
  },
  auth0: {
    id: '`log_id`',
    differ: 'each entry has its own',
    first: json([auth0('a')]),
    second: json([auth0('b')]),
    sameLane: [{ body: `${JSON.stringify(auth0('c'))}\n${JSON.stringify(auth0('d'))}` }],
  },
  box: {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', { trigger: 'FILE.DOWNLOADED', source: { id: 'f', type: 'file' } }),
    sameLane: [
      json({
        id: 'c',
        trigger: 'COMMENT.CREATED',
        source: { id: 'k', type: 'comment', item: { id: 'f', type: 'file' } },
      }),
    ],
  },
  brex: {
    id: '`webhook-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('webhook-id', { event_type: 'TRANSFER_PROCESSED', transfer_id: 't' }),
    sameLane: [json({ event_type: 'TRANSFER_FAILED', transfer_id: 't' }, { 'webhook-id': 'c' })],
  },
  calendly: {
    id: 'event, invitee and time',
    differ: '`created_at`, to the microsecond',
    first: calendly('2026-03-01T12:00:00.000001Z'),
    second: calendly('2026-03-01T12:00:00.000002Z'),
    sameLane: [
      json({
        event: 'invitee_no_show.created',
        created_at: 'x',
        payload: { uri: 'https://api.calendly.com/n/1', invitee: 'https://api.calendly.com/i/1' },
      }),
    ],
  },
  clerk: {
    id: '`svix-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('svix-id', { type: 'user.updated', data: { id: 'u' } }),
    sameLane: [json({ type: 'user.deleted', data: { id: 'u' } }, { 'svix-id': 'c' })],
  },
  docusign: {
    id: 'envelope, event, time and recipient; of the older JSON and XML the digest of the bytes',
    differ: 'the time, below the millisecond, and the recipient',
    first: docusign('1', 0),
    second: docusign('2', 0),
    again: docusign('1', 3),
    sameLane: [
      { body: envelope('Completed'), headers: { 'content-type': 'text/xml; charset=utf-8' } },
      json({ envelopeId: 'e', status: 'completed' }),
    ],
  },
  dropbox: {
    id: 'the account and the millisecond it came',
    differ: 'nothing that is sent: all notifications of an account are alike',
    first: json({ list_folder: { accounts: ['dbid:A'] } }),
    second: json({ list_folder: { accounts: ['dbid:A'] } }),
    retryRunsAgain: true,
    sameLane: [json({ list_folder: { accounts: ['dbid:A'] } })],
  },
  'dropbox-sign': {
    id: '`event_hash`, request and signer',
    differ: 'kind and second (in the hash), the request and the signer',
    repeats: 'the same signer does the same twice within one second',
    first: dropboxSign('a'),
    second: dropboxSign('b'),
    sameLane: [dropboxSign('c')],
  },
  figma: {
    id: 'digest of the body without its count of retries',
    differ: 'the second, and what changed',
    repeats: 'two changes that are equal in all but the count within one second',
    first: figma({ node_id: '1' }),
    second: figma({ node_id: '2' }),
    again: figma({ node_id: '1', retries: 1 }),
    sameLane: [figma({ event_type: 'FILE_COMMENT', comment_id: '1' })],
  },
  intercom: {
    id: '`id`; without one the digest of the body without what counts its deliveries',
    differ: 'each notification has its own; without one the second and the item',
    repeats: 'without an id: two that are equal within one second',
    first: json({
      ...intercom,
      data: { item: { type: 'contact_tag', tag: { id: '1' }, contact: { id: 'c' } } },
    }),
    second: json({
      ...intercom,
      data: { item: { type: 'contact_tag', tag: { id: '2' }, contact: { id: 'c' } } },
    }),
    again: json({
      ...intercom,
      delivery_attempts: 2,
      data: { item: { type: 'contact_tag', tag: { id: '1' }, contact: { id: 'c' } } },
    }),
    sameLane: [
      json({ id: 'n', topic: 'contact.user.updated', data: { item: { type: 'contact', id: 'c' } } }),
    ],
  },
  jira: {
    id: '`X-Atlassian-Webhook-Identifier`; of Data Center the digest of the bytes',
    differ: 'each webhook has its own and keeps it in retries; of Data Center `timestamp`, in milliseconds',
    first: json({ timestamp: 1, webhookEvent: 'jira:issue_updated', issue: { id: '10' } }),
    second: json({ timestamp: 2, webhookEvent: 'jira:issue_updated', issue: { id: '10' } }),
    sameLane: [
      json(
        { timestamp: 3, webhookEvent: 'worklog_created', worklog: { id: '5', issueId: '10' } },
        { 'x-atlassian-webhook-identifier': 'c' },
      ),
      json({
        timestamp: 4,
        webhookEvent: 'issuelink_created',
        issueLink: { id: 6, sourceIssueId: 10, destinationIssueId: 11 },
      }),
    ],
  },
  linear: {
    id: '`Linear-Delivery`',
    differ: 'each delivery has its own and keeps it in retries',
    ...byHeader('linear-delivery', {
      action: 'update',
      type: 'Issue',
      data: { id: 'i' },
      webhookTimestamp: 1,
    }),
    again: json(
      { action: 'update', type: 'Issue', data: { id: 'i' }, webhookTimestamp: 60_001 },
      { 'linear-delivery': 'a' },
    ),
    sameLane: [
      json(
        { action: 'create', type: 'Comment', data: { id: 'c', issueId: 'i' } },
        { 'linear-delivery': 'c' },
      ),
    ],
  },
  notion: {
    id: '`id`',
    differ: 'each event has its own; `attempt_number` grows in retries',
    ...byField('id', { type: 'page.content_updated', entity: { id: 'p', type: 'page' } }),
    again: json({
      type: 'page.content_updated',
      entity: { id: 'p', type: 'page' },
      attempt_number: 2,
      id: 'a',
    }),
    sameLane: [
      json({
        id: 'c',
        type: 'comment.created',
        entity: { id: 'k', type: 'comment' },
        data: { page_id: 'p' },
      }),
    ],
  },
  okta: {
    id: '`uuid`',
    differ: 'each event has its own',
    first: json({
      data: { events: [{ uuid: 'a', eventType: 'user.session.start', target: [{ id: 'u' }] }] },
    }),
    second: json({
      data: { events: [{ uuid: 'b', eventType: 'user.session.start', target: [{ id: 'u' }] }] },
    }),
    sameLane: [
      json({ data: { events: [{ uuid: 'c', eventType: 'user.lifecycle.suspend', target: [{ id: 'u' }] }] } }),
    ],
  },
  openai: {
    id: '`webhook-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('webhook-id', { id: 'evt', type: 'response.completed', data: { id: 'r' } }),
    sameLane: [json({ id: 'evt', type: 'response.failed', data: { id: 'r' } }, { 'webhook-id': 'c' })],
  },
  'standard-webhooks': {
    id: '`webhook-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('webhook-id', { type: 't' }),
  },
  svix: {
    id: '`svix-id`',
    differ: 'each message has its own and keeps it in retries',
    ...byHeader('svix-id', { type: 't' }),
  },
  trello: {
    id: '`action.id`',
    differ: 'each action has its own',
    first: json({ action: { id: 'a', type: 'updateCard', data: { card: { id: 'c' }, board: { id: 'b' } } } }),
    second: json({
      action: { id: 'b', type: 'updateCard', data: { card: { id: 'c' }, board: { id: 'b' } } },
    }),
    sameLane: [
      json({ action: { id: 'd', type: 'commentCard', data: { card: { id: 'c' }, board: { id: 'b' } } } }),
    ],
  },
  typeform: {
    id: '`event_id`',
    differ: 'each event has its own and keeps it in retries',
    ...byField('event_id', { event_type: 'form_response', form_response: { token: 't' } }),
    sameLane: [json({ event_id: 'c', event_type: 'form_response_partial', form_response: { token: 't' } })],
  },
  workos: {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', { event: 'dsync.user.updated', data: { id: 'u' } }),
    sameLane: [json({ id: 'c', event: 'dsync.user.deleted', data: { id: 'u' } })],
  },
};
