import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hubspot } from '../../../functions/providers/hubspot/preset.ts';
import { hubspotV2 } from '../../../functions/providers/hubspot-v2/preset.ts';
import { intercom } from '../../../functions/providers/intercom/preset.ts';
import { mailchimp } from '../../../functions/providers/mailchimp/preset.ts';
import { mailgun } from '../../../functions/providers/mailgun/preset.ts';
import { mandrill } from '../../../functions/providers/mandrill/preset.ts';
import { postmark } from '../../../functions/providers/postmark/preset.ts';
import { sendgrid } from '../../../functions/providers/sendgrid/preset.ts';
import { zendesk } from '../../../functions/providers/zendesk/preset.ts';
import { eventsOf, otherwise } from '../events-of.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

describe('SendGrid', () => {
  it('reads each event of a body, in its order', async () => {
    const body = `[
      {"email":"a@example.com","timestamp":1513299569,"event":"processed","sg_event_id":"E1","sg_message_id":"m1.filter"},
      {"email":"a@example.com","timestamp":1513299570,"event":"click","url":"https://x","sg_event_id":"E2","sg_message_id":"m1.filter"},
      {"email":"a@example.com","timestamp":1513299571,"event":"account_status_change","sg_event_id":"E3"}
    ]\r\n`;

    expect(await eventsOf(sendgrid(), body)).toEqual([
      ['E1', 'processed', 'm1.filter'],
      ['E2', 'click', 'm1.filter'],
      ['E3', 'account_status_change', 'E3'],
    ]);
  });

  it('knows an event without an id by its content', async () => {
    const event = '{"event":"open","timestamp":1}';

    expect(await eventsOf(sendgrid(), `[${event}]`)).toEqual([[hash(event), 'open', hash(event)]]);
    expect(await eventsOf(sendgrid(), '[]')).toEqual([]);
    expect(await eventsOf(sendgrid(), '{}')).toBe('invalid-body');
  });
});

describe('Mailgun', () => {
  it('orders by message', async () => {
    const body = JSON.stringify({
      signature: { timestamp: '1529006854', token: 'a8ce', signature: 'd2271d' },
      'event-data': {
        event: 'failed',
        severity: 'permanent',
        timestamp: 1529006854.329574,
        id: 'DACSsAdVSeGpLid7TN03WA',
        message: { headers: { 'message-id': '2013@mg.example.com', to: 'Alice' } },
      },
    });

    expect(await eventsOf(mailgun(), body)).toEqual([
      ['DACSsAdVSeGpLid7TN03WA', 'failed', '2013@mg.example.com'],
    ]);
  });
});

describe('Postmark', () => {
  const message = '883953f4-6105-42a2-a16a-77a8eac79483';

  it.each([
    [
      {
        RecordType: 'Bounce',
        ID: 42,
        Type: 'HardBounce',
        Email: 'j@example.com',
        BouncedAt: '2019-11-05T16:33:54Z',
      },
      [`Bounce/${message}/42`, 'Bounce', message],
    ],
    [
      { RecordType: 'Open', FirstOpen: true, Recipient: 'j@example.com', ReceivedAt: '2019-11-05T16:33:54Z' },
      [`Open/${message}/j@example.com/2019-11-05T16:33:54Z`, 'Open', message],
    ],
    [
      { RecordType: 'SubscriptionChange', Recipient: 'j@example.com', ChangedAt: '2020-02-01T10:53:34Z' },
      [`SubscriptionChange/${message}/j@example.com/2020-02-01T10:53:34Z`, 'SubscriptionChange', message],
    ],
    [{ From: 'j@example.com', Subject: 'Hello' }, [`Inbound/${message}`, 'Inbound', message]],
  ])('reads %j', async (record, expected) => {
    expect(await eventsOf(postmark(), JSON.stringify({ MessageID: message, ...record }))).toEqual([expected]);
  });
});

describe('Mailchimp', () => {
  it.each([
    [
      'type=unsubscribe&fired_at=2009-03-26+21%3A40%3A57&data[action]=unsub&data[id]=8a25&data[list_id]=a6b5&data[email]=api%40m.com',
      ['unsubscribe', 'a6b5/api@m.com'],
    ],
    [
      'type=upemail&fired_at=2009-03-26+22%3A15%3A09&data[list_id]=a6b5&data[new_id]=51da&data[new_email]=new%40m.com&data[old_email]=api%40m.com',
      ['upemail', 'a6b5/api@m.com'],
    ],
    [
      'type=campaign&fired_at=2009-03-26+21%3A31%3A21&data[id]=5aa2102003&data[status]=sent&data[list_id]=a6b5',
      ['campaign', 'a6b5/5aa2102003'],
    ],
  ])('reads %s', async (body, [type, lane]) => {
    expect(await eventsOf(mailchimp(), body, form)).toEqual([[hash(body), type, lane]]);
  });
});

describe('Mandrill', () => {
  const read = (events: readonly unknown[]) =>
    eventsOf(mandrill(), `mandrill_events=${encodeURIComponent(JSON.stringify(events))}`, form);

  it('reads messages, and what is about none', async () => {
    const rejected = { type: 'blacklist', action: 'add', reject: { email: 'a@b.com' }, ts: 1365109999 };
    const inbound = { event: 'inbound', ts: 1365109998, msg: { subject: 'Grüße' } };

    const click = { event: 'click', _id: 'a1', ts: 1365109997, url: 'https://x' };

    expect(await read([click, inbound, rejected])).toEqual([
      [`a1/click/1365109997/${hash(JSON.stringify(click))}`, 'click', 'a1'],
      [hash(JSON.stringify(inbound)), 'inbound', hash(JSON.stringify(inbound))],
      [hash(JSON.stringify(rejected)), 'blacklist', hash(JSON.stringify(rejected))],
    ]);
  });

  it('takes an empty list, which is a test of the address', async () => {
    expect(await read([])).toEqual([]);
  });
});

describe('HubSpot', () => {
  const change = {
    eventId: 3816279340,
    subscriptionId: 25,
    portalId: 33,
    appId: 1160452,
    occurredAt: 1462216307945,
    subscriptionType: 'contact.propertyChange',
    attemptNumber: 0,
    objectId: 1246965,
    propertyName: 'lifecyclestage',
  };

  it('gives a retried event the id it had', async () => {
    const again = { ...change, attemptNumber: 3 };
    const association = { ...change, eventId: 4, objectId: undefined, fromObjectId: 7, toObjectId: 8 };

    expect(await eventsOf(hubspot(), JSON.stringify([change, again, association]))).toEqual([
      ['33/25/3816279340/1462216307945/1246965//lifecyclestage', 'contact.propertyChange', '33/1246965'],
      ['33/25/3816279340/1462216307945/1246965//lifecyclestage', 'contact.propertyChange', '33/1246965'],
      ['33/25/4/1462216307945/7/8/lifecyclestage', 'contact.propertyChange', '33/7'],
    ]);
  });

  it('reads the object that a workflow sends', async () => {
    const body = '{"vid":101,"properties":{"email":{"value":"a@b.com"}}}';

    expect(await eventsOf(hubspotV2(), body)).toEqual([[otherwise, 's', otherwise]]);
  });
});

describe('Zendesk', () => {
  it('prefers the id that is signed, and takes the header for bodies of your own making', async () => {
    const headers = { 'x-zendesk-webhook-invocation-id': '01EJFTSCC78X5V07NPY2MHR00M' };
    const event =
      '{"id":"e1","type":"zen:event-type:user.created","detail":{"id":"67"},"time":"2020-01-01T00:00:00Z"}';

    expect(await eventsOf(zendesk(), event, headers)).toEqual([['e1', 'zen:event-type:user.created', '67']]);
    expect(await eventsOf(zendesk(), '{"ticket":"35436"}', headers)).toEqual([
      ['01EJFTSCC78X5V07NPY2MHR00M', 's', '01EJFTSCC78X5V07NPY2MHR00M'],
    ]);
  });
});

describe('Intercom', () => {
  it('orders by item', async () => {
    const body =
      '{"type":"notification_event","id":"notif_1","topic":"contact.created","created_at":1392731331,' +
      '"delivery_attempts":2,"data":{"item":{"type":"contact","id":"56a1"}}}';

    expect(await eventsOf(intercom(), body)).toEqual([['notif_1', 'contact.created', '56a1']]);
  });
});
