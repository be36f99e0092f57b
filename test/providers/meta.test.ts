import { expect, it } from 'vitest';
import { meta } from '../../functions/providers/meta/preset.ts';
import { metaSample } from '../../functions/providers/meta/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { answered, ask, plain } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('meta');

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

  expect(await eventsOf(meta(), body)).toEqual([
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

  expect(await eventsOf(meta(), body)).toEqual([
    ['m1', 'message', 'p1/u1'],
    ['m2', 'message', 'p1/u1'],
    ['m1/deleted', 'message', 'p1/u1'],
    ['m3', 'postback', 'p1/u1'],
    [digestOf(part), 'read', 'p1/u1'],
  ]);
});

it('reads other changes by their field and page', async () => {
  const change = { field: 'feed', value: { item: 'like', verb: 'add' } };
  const body = { object: 'page', entry: [{ id: 'p1', time: 9, changes: [change] }] };
  const part = { object: 'page', entry: { id: 'p1', time: 9 }, ...change };

  expect(await eventsOf(meta(), body)).toEqual([[digestOf(part), 'feed', 'p1']]);
});

it('drops nothing that it does not know', async () => {
  const entry = { id: 'p1', time: 9, changed_fields: ['feed'] };
  const part = { object: 'page', entry };
  const other = { entry: {}, object: 'page', sample: { field: 'feed' } };

  expect(await eventsOf(meta(), { object: 'page', entry: [entry] })).toEqual([[digestOf(part), 's', 'p1']]);
  expect(await eventsOf(meta(), { object: 'page', sample: { field: 'feed' } })).toEqual([
    [digestOf(other), 's', digestOf(other)],
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

  expect(await eventsOf(source, body)).toHaveLength(2);
});

it.each([
  { object: 'page', entry: [5] },
  { object: 'page', entry: [{ id: 'p1', messaging: 'x' }] },
  { object: 'page', entry: [{ id: 'p1', changes: [null] }] },
  { object: 'page', entry: [{ id: 'p1', changes: [{ field: 'messages', value: { messages: ['x'] } }] }] },
])('refuses all of a body that holds something else: %j', async (body) => {
  expect(await eventsOf(meta(), body)).toBe('invalid-body');
});

it('Meta gets its challenge back if it knows the token that was typed', () => {
  const subscribe = (token: string) =>
    aRequest({ method: 'GET', rawQuery: `hub.mode=subscribe&hub.challenge=115&hub.verify_token=${token}` });

  expect(ask(meta(), subscribe('typed'), false)).toEqual(answered('subscribe', plain('115')));
  expect(ask(meta(), subscribe('newest'), false)).toEqual({ kind: 'refused', name: 'subscribe' });
});

agreesWithFormula({
  sample: metaSample,
  headers: ({ body }, secret) => ({ 'x-hub-signature-256': `sha256=${hex(secret, body)}` }),
});
