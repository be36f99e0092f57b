import { describe, expect, it } from 'vitest';
import { adyenPlatform } from '../../../functions/providers/adyen-platform/preset.ts';
import { adyen } from '../../../functions/providers/adyen/preset.ts';
import { authorizeNet } from '../../../functions/providers/authorize-net/preset.ts';
import { braintree } from '../../../functions/providers/braintree/preset.ts';
import { chargebee } from '../../../functions/providers/chargebee/preset.ts';
import { coinbaseCommerce } from '../../../functions/providers/coinbase-commerce/preset.ts';
import { klarna } from '../../../functions/providers/klarna/preset.ts';
import { lemonSqueezy } from '../../../functions/providers/lemon-squeezy/preset.ts';
import { mollieEvents } from '../../../functions/providers/mollie-events/preset.ts';
import { mollie } from '../../../functions/providers/mollie/preset.ts';
import { paddle } from '../../../functions/providers/paddle/preset.ts';
import { paypal } from '../../../functions/providers/paypal/preset.ts';
import { quickbooks } from '../../../functions/providers/quickbooks/preset.ts';
import { razorpay } from '../../../functions/providers/razorpay/preset.ts';
import { recurly } from '../../../functions/providers/recurly/preset.ts';
import { square } from '../../../functions/providers/square/preset.ts';
import { stripeThin } from '../../../functions/providers/stripe-thin/preset.ts';
import { wise } from '../../../functions/providers/wise/preset.ts';
import { woocommerce } from '../../../functions/providers/woocommerce/preset.ts';
import { xero } from '../../../functions/providers/xero/preset.ts';
import { eventsOf, otherwise } from '../events-of.ts';

/** Id, type and lane of bodies as the providers document them, read off by hand. */
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
const read = (source: Parameters<typeof eventsOf>[0], body: unknown, headers?: Record<string, string>) =>
  eventsOf(source, JSON.stringify(body), headers);

it('Square', async () => {
  const body = {
    merchant_id: '6SSW7HV8K2ST5',
    type: 'customer.created',
    event_id: '347ab320-c0ba-48f5-959a-4e147b9aefcf',
    created_at: '2020-07-09T22:40:47.869Z',
    data: { type: 'customer', id: 'QPTXM8PQNX3Q726ZYHPMNP46XC', object: { customer: { id: 'other' } } },
  };

  expect(await read(square(), body)).toEqual([
    ['347ab320-c0ba-48f5-959a-4e147b9aefcf', 'customer.created', 'QPTXM8PQNX3Q726ZYHPMNP46XC'],
  ]);
});

it('Stripe, thin events: in the lane of what they are about, or their own', async () => {
  const body = {
    id: 'evt_test_65R9Ijk8dKEYZcXeRWn16R9A7j1FSQ3w3TGDPLLGSM4CW0',
    object: 'v2.core.event',
    type: 'v1.billing.meter.error_report_triggered',
    created: '2024-09-17T06:20:52.246Z',
    related_object: { id: 'mtr_test_61R9IeP0SgKbYROOx41PEAQhH0qO23oW', type: 'billing.meter', url: '/v1/…' },
  };

  expect(await read(stripeThin(), body)).toEqual([
    [body.id, 'v1.billing.meter.error_report_triggered', 'mtr_test_61R9IeP0SgKbYROOx41PEAQhH0qO23oW'],
  ]);
  expect(await read(stripeThin(), { ...body, related_object: null })).toEqual([
    [body.id, body.type, body.id],
  ]);
});

it('Paddle: the id of the event, not that of the notification, which another delivery has anew', async () => {
  const body = {
    event_id: 'evt_01hnk0t9wq8c8e6y8v2bqsc9x1',
    event_type: 'subscription.activated',
    occurred_at: '2024-02-01T12:59:21.164Z',
    notification_id: 'ntf_01hnk0ta1pbv6b4g2k0tw3k2fk',
    data: { id: 'sub_01hnk0sx6yhr5fv3b6t9mgmq52', status: 'active', customer_id: 'ctm_01' },
  };

  expect(await read(paddle(), body)).toEqual([
    ['evt_01hnk0t9wq8c8e6y8v2bqsc9x1', 'subscription.activated', 'sub_01hnk0sx6yhr5fv3b6t9mgmq52'],
  ]);
});

it('PayPal', async () => {
  const body = {
    id: '8PT597110X687430LKGECATA',
    create_time: '2013-06-25T21:41:28Z',
    resource_type: 'authorization',
    event_type: 'PAYMENT.AUTHORIZATION.CREATED',
    resource: { id: '2DC87612EK520411B', parent_payment: 'PAY-36246664YD343335CKHFA4AY' },
  };

  expect(await read(paypal({ webhookIds: ['1'] }), body)).toEqual([
    ['8PT597110X687430LKGECATA', 'PAYMENT.AUTHORIZATION.CREATED', '2DC87612EK520411B'],
  ]);
});

describe('Adyen', () => {
  const item = (more: object) => ({
    NotificationRequestItem: {
      amount: { currency: 'EUR', value: 1000 },
      eventCode: 'AUTHORISATION',
      eventDate: '2026-01-01T01:02:01+02:00',
      merchantAccountCode: 'TestMerchant',
      merchantReference: 'TestPayment-1407325143704',
      paymentMethod: 'visa',
      pspReference: '7914073381342284',
      success: 'true',
      ...more,
    },
  });
  const changed = { originalReference: '7914073381342284', pspReference: '8825408195409505' };

  it('keeps what changes a payment in the lane of the payment', async () => {
    const notificationItems = [
      item({ originalReference: '' }),
      item({ ...changed, eventCode: 'CAPTURE' }),
      item({ ...changed, eventCode: 'CAPTURE', success: 'false' }),
    ];

    expect(await read(adyen(), { live: 'false', notificationItems })).toEqual([
      ['AUTHORISATION/7914073381342284/true/2026-01-01T01:02:01+02:00', 'AUTHORISATION', '7914073381342284'],
      ['CAPTURE/8825408195409505/true/2026-01-01T01:02:01+02:00', 'CAPTURE', '7914073381342284'],
      ['CAPTURE/8825408195409505/false/2026-01-01T01:02:01+02:00', 'CAPTURE', '7914073381342284'],
    ]);
  });

  it('reads its other webhooks, with or without a type', async () => {
    const body = {
      data: { balancePlatform: 'YOUR_BALANCE_PLATFORM', accountHolder: { id: 'AH1' }, id: 'EVJN1' },
      environment: 'test',
      type: 'balancePlatform.transaction.created',
    };

    expect(await read(adyenPlatform(), body)).toEqual([
      [hash, 'balancePlatform.transaction.created', 'EVJN1'],
    ]);
    expect(await read(adyenPlatform(), { ...body, type: undefined })).toEqual([[hash, 's', 'EVJN1']]);
  });

  it.each([adyen(), adyenPlatform()])('is told [accepted], and a duplicate too', ({ respond }) => {
    const outcome = { events: [], correlationId: 'c', processingTimeMs: 1, body: {}, headers: {} };

    expect(respond?.({ ...outcome, standard: { status: 202, body: {} } })).toMatchObject({
      status: 200,
      body: '[accepted]',
    });
    expect(respond?.({ ...outcome, standard: { status: 409, body: {} } })).toMatchObject({ status: 409 });
  });
});

describe('Braintree', () => {
  const of = (xml: string) =>
    eventsOf(
      braintree(),
      new URLSearchParams({
        bt_signature: 'x',
        bt_payload: `${Buffer.from(xml).toString('base64')}\n`,
      }).toString(),
      form,
    );

  it('has the id of the subject itself for its lane, not one inside or beside it', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
      <notification><timestamp type="datetime">2026-01-15T09:30:00Z</timestamp><kind>dispute_opened</kind>
      <source-merchant-id>m1</source-merchant-id>
      <subject><dispute><amount>250.00</amount><transaction><id>t1</id></transaction><empty/>
      <id>d1&amp;2</id><kind>chargeback</kind></dispute></subject></notification>`;

    expect(await of(xml)).toEqual([[hash, 'dispute_opened', 'd1&2']]);
  });

  it('does without a kind', async () => {
    const without = '<notification><subject><x><id>1</id></x></subject></notification>';

    expect(await of(without)).toEqual([[hash, 's', '1']]);
    expect(await of('<a><kind>k</kind></a>')).toEqual([[hash, 's', hash]]);
    expect(await of('no XML')).toEqual([[hash, 's', hash]]);
    expect(await eventsOf(braintree(), 'bt_signature=x', form)).toEqual([[otherwise, 's', otherwise]]);
  });
});

describe('Razorpay', () => {
  const headers = { 'x-razorpay-event-id': 'GkQbTZvh5wSVsT' };
  const at = { entity: 'event', account_id: 'acc_1', created_at: 1606722486 };

  it.each([
    ['payment.captured', ['payment'], { payment: { entity: { id: 'pay_1', order_id: 'o1' } } }, 'pay_1'],
    [
      'order.paid',
      ['payment', 'order'],
      { payment: { entity: { id: 'pay_1' } }, order: { entity: { id: 'order_1' } } },
      'order_1',
    ],
    [
      'payment.dispute.created',
      ['payment', 'dispute'],
      { payment: { entity: { id: 'pay_1' } }, dispute: { entity: { id: 'disp_1' } } },
      'pay_1',
    ],
    [
      'fund_account.validation.completed',
      ['fund_account.validation'],
      { 'fund_account.validation': { entity: { id: 'fav_1' } } },
      'fav_1',
    ],
    ['something.new', [], {}, 'GkQbTZvh5wSVsT'],
  ])('%s', async (event, contains, payload, lane) => {
    expect(await read(razorpay(), { ...at, event, contains, payload }, headers)).toEqual([
      ['GkQbTZvh5wSVsT', event, lane],
    ]);
  });

  it('does without the id that stands in a header', async () => {
    const read1 = await read(razorpay(), { ...at, event: 'e', contains: [], payload: {} });

    expect(read1).toEqual([[otherwise, 'e', otherwise]]);
  });
});

describe('Mollie', () => {
  it('takes every wake-up for an event, in the lane of what it wakes up for', async () => {
    const at = (time: string) => eventsOf(mollie(), 'id=tr_d0b0E3EA3v', form, new Date(time));

    expect(await at('2026-01-15T09:30:00.001Z')).toEqual([
      ['tr_d0b0E3EA3v/2026-01-15T09:30:00.001Z', 's', 'tr_d0b0E3EA3v'],
    ]);
    expect(await at('2026-01-15T09:30:00.002Z')).toEqual([
      ['tr_d0b0E3EA3v/2026-01-15T09:30:00.002Z', 's', 'tr_d0b0E3EA3v'],
    ]);
    expect(await eventsOf(mollie(), 'other=tr_1', form)).toEqual([[otherwise, 's', otherwise]]);
  });

  it('reads the next-gen events', async () => {
    const body = {
      resource: 'event',
      id: 'event_GvJ8WHrp5isUdRub9CJyH',
      type: 'sales-invoice.paid',
      entityId: 'invoice_4Y0eZitmBnQ6IDoMqZQKh',
      createdAt: '2026-01-15T09:30:00.0Z',
    };

    expect(await read(mollieEvents(), body)).toEqual([
      ['event_GvJ8WHrp5isUdRub9CJyH', 'sales-invoice.paid', 'invoice_4Y0eZitmBnQ6IDoMqZQKh'],
    ]);
  });
});

describe('Klarna', () => {
  const metadata = { event_id: 'd9f9b1a0', event_type: 'payment.dispute.state-change.initiated' };

  it.each([
    [{ payment_request_id: 'r', payment_transaction_id: 't' }, 'r'],
    [{ payment_dispute_id: 'd', payment_transaction_id: 't' }, 't'],
    [{ payment_dispute_id: 'd' }, 'd'],
    [{}, 'd9f9b1a0'],
  ])('has for %j the lane %s', async (payload, lane) => {
    expect(await read(klarna(), { metadata, payload })).toEqual([['d9f9b1a0', metadata.event_type, lane]]);
  });
});

it('Coinbase Commerce: the event, however often it is attempted', async () => {
  const body = (attempt: number) => ({
    id: 38734,
    scheduled_for: `2018-01-31T20:50:0${attempt}Z`,
    attempt_number: attempt,
    event: { id: '24934862', type: 'charge:created', data: { id: '1c1c', code: '66BEOV2A' } },
  });

  expect(await read(coinbaseCommerce(), body(1))).toEqual([['24934862', 'charge:created', '1c1c']]);
  expect(await read(coinbaseCommerce(), body(2))).toEqual([['24934862', 'charge:created', '1c1c']]);
});

describe('WooCommerce', () => {
  const of = (body: object, topic: string) =>
    read(woocommerce(), body, { 'x-wc-webhook-topic': topic, 'x-wc-webhook-delivery-id': 'a' });

  it('takes every request for an event: it never comes again, and two may be alike', async () => {
    expect(await of({ id: 727, date_modified_gmt: '2026-01-15T09:30:00' }, 'order.updated')).toEqual([
      [otherwise, 'order.updated', 'order/727'],
    ]);
    expect(await of({ id: 727 }, 'product.deleted')).toEqual([[otherwise, 'product.deleted', 'product/727']]);
  });

  it('reads actions of WordPress, which have no id', async () => {
    const added = { action: 'woocommerce_add_to_cart', arg: 'c4ca4238' };

    expect(await of(added, 'action.woocommerce_add_to_cart')).toEqual([
      [otherwise, 'action.woocommerce_add_to_cart', 'action/c4ca4238'],
    ]);
  });
});

it('Recurly', async () => {
  const body = {
    id: 'qmbrlvt5hcno',
    object_type: 'charge_invoice',
    site_id: 'qi5yq8hr8ugo',
    event_type: 'paid',
    event_time: '2026-01-15T09:30:00Z',
  };

  expect(await read(recurly(), { ...body, account_code: 'a1', uuid: 'u1' })).toEqual([
    [hash, 'charge_invoice.paid', 'a1'],
  ]);
  expect(await read(recurly(), { ...body, uuid: 'u1' })).toEqual([[hash, 'charge_invoice.paid', 'u1']]);
  expect(await read(recurly(), body)).toEqual([[hash, 'charge_invoice.paid', hash]]);
});

it.each([
  [{ subscription: { id: 'sub' }, customer: { id: 'cus' }, invoice: { id: 'inv' } }, 'sub'],
  [{ card: { id: 'card' }, customer: { id: 'cus' } }, 'cus'],
  [{ coupon: { id: 'coupon' } }, 'coupon'],
  [{}, 'ev_1'],
])('Chargebee: %j has the lane %s', async (content, lane) => {
  const body = { id: 'ev_1', event_type: 'subscription_created', occurred_at: 1, content };

  expect(await read(chargebee(), body)).toEqual([['ev_1', 'subscription_created', lane]]);
});

describe('Xero', () => {
  it('reads several events, and none where it tries the address', async () => {
    const event = {
      resourceId: 'r1',
      eventDateUtc: '2017-06-21T01:15:39.902',
      eventType: 'CREATE',
      eventCategory: 'CONTACT',
      tenantId: 't1',
    };
    const events = [event, { ...event, eventType: 'UPDATE', eventDateUtc: '2017-06-21T01:15:40' }];

    expect(await read(xero(), { events, firstEventSequence: 1, lastEventSequence: 2 })).toEqual([
      ['t1/r1/CREATE/2017-06-21T01:15:39.902', 'CONTACT.CREATE', 't1/r1'],
      ['t1/r1/UPDATE/2017-06-21T01:15:40', 'CONTACT.UPDATE', 't1/r1'],
    ]);
    expect(await read(xero(), { events: [], firstEventSequence: 0, entropy: 'S0m3' })).toEqual([]);
    expect(await read(xero(), {})).toBe('invalid-body');
  });

  it('is answered without a body, whether it is taken or refused', () => {
    const { respond, emptyRefusals } = xero();
    const outcome = { events: [], correlationId: 'c', processingTimeMs: 1, body: {}, headers: {} };

    expect(respond?.({ ...outcome, standard: { status: 202, body: {} } })).toEqual({ status: 200 });
    expect(emptyRefusals).toBe(true);
  });
});

describe('QuickBooks', () => {
  it('reads CloudEvents', async () => {
    const event = {
      specversion: '1.0',
      id: '88cd52aa-33b6-4351-9aa4-47572edbd068',
      source: 'intuit.dsnBgbseACLLRZNxo2dfc4evmEJdxde58xeeYcZliOU=',
      type: 'qbo.customer.created.v1',
      time: '2025-09-10T21:31:25.179550Z',
      intuitentityid: '1234',
      intuitaccountid: '310687',
    };

    expect(await read(quickbooks(), [event])).toEqual([
      ['88cd52aa-33b6-4351-9aa4-47572edbd068', 'qbo.customer.created.v1', '310687/customer/1234'],
    ]);
    expect(await read(quickbooks(), [])).toEqual([]);
  });

  it('reads the form before that, of several companies, in the same lanes', async () => {
    const entity = {
      name: 'Customer',
      id: '1234',
      operation: 'Create',
      lastUpdated: '2015-10-05T14:42:19-0700',
    };
    const invoice = { name: 'Invoice', id: '5', operation: 'Void', lastUpdated: '2015-10-05T14:42:20-0700' };
    const eventNotifications = [
      { realmId: '310687', dataChangeEvent: { entities: [entity, invoice] } },
      { realmId: '2', dataChangeEvent: { entities: [entity] } },
    ];

    expect(await read(quickbooks(), { eventNotifications })).toEqual([
      ['310687/Customer/1234/Create/2015-10-05T14:42:19-0700', 'Customer.Create', '310687/customer/1234'],
      ['310687/Invoice/5/Void/2015-10-05T14:42:20-0700', 'Invoice.Void', '310687/invoice/5'],
      ['2/Customer/1234/Create/2015-10-05T14:42:19-0700', 'Customer.Create', '2/customer/1234'],
    ]);
    expect(await read(quickbooks(), { eventNotifications: [] })).toEqual([]);
  });

  it('swallows nothing that is neither', async () => {
    expect(await read(quickbooks(), {})).toEqual([[otherwise, '.', otherwise]]);
    expect(await read(quickbooks(), { eventNotifications: {} })).toHaveLength(1);
    expect(await read(quickbooks(), [5])).toBe('invalid-body');
  });
});

it('Lemon Squeezy', async () => {
  const body = {
    meta: { event_name: 'order_created' },
    data: { type: 'orders', id: '1', attributes: { updated_at: '2021-08-17T09:45:53.000000Z' } },
  };

  expect(await read(lemonSqueezy(), body)).toEqual([[hash, 'order_created', 'orders/1']]);
});

it('Authorize.Net', async () => {
  const body = {
    notificationId: 'd0e8e7fe-c3e7-4add-a480-27bc5ce28a18',
    eventType: 'net.authorize.customer.subscription.created',
    eventDate: '2017-03-29T20:48:02.0080095Z',
    webhookId: '63d6fea2-aa13-4b1d-a204-f5fbc15942b7',
    payload: { name: 'testSubscription', entityName: 'subscription', id: '4715259' },
  };

  expect(await read(authorizeNet(), body)).toEqual([
    ['d0e8e7fe-c3e7-4add-a480-27bc5ce28a18', 'net.authorize.customer.subscription.created', '4715259'],
  ]);
});

it('Wise', async () => {
  const body = {
    data: {
      resource: { id: 222, profile_id: 333, type: 'balance-account' },
      occurred_at: '2023-03-08T14:55:38Z',
    },
    event_type: 'balances#credit',
    sent_at: '2023-03-08T14:55:39Z',
  };

  expect(await read(wise(), body, { 'x-delivery-id': 'd1' })).toEqual([
    ['d1', 'balances#credit', 'balance-account/222'],
  ]);
});
