import { byField, byHeader, form, json, type Happenings } from './happenings.ts';

const adyenItem = (more: object) =>
  json({
    notificationItems: [
      {
        NotificationRequestItem: {
          eventCode: 'CAPTURE',
          pspReference: '88',
          originalReference: '79',
          success: 'true',
          eventDate: '2026-03-01T12:00:00+01:00',
          ...more,
        },
      },
    ],
  });
const braintree = (second: string, kind = 'subscription_charged_successfully') =>
  form({
    bt_signature: 'x',
    bt_payload: Buffer.from(
      `<notification><timestamp>2026-03-01T12:00:${second}Z</timestamp><kind>${kind}</kind><subject><subscription><id>s1</id></subscription></subject></notification>`,
    ).toString('base64'),
  });
const xero = {
  tenantId: 't',
  resourceId: 'r',
  eventCategory: 'INVOICE',
  eventType: 'UPDATE',
  eventDateUtc: '2026-03-01T12:00:00.001',
};
const quickbooks = (...entities: object[]) =>
  json({ eventNotifications: [{ realmId: '1', dataChangeEvent: { entities } }] });
const changed = { name: 'Customer', id: '1', operation: 'Merge', lastUpdated: '2026-03-01T12:00:00Z' };

export const payments: Readonly<Record<string, Happenings>> = {
  adyen: {
    id: 'event code, reference, success and date',
    differ: 'the reference; of further news of one reference the date',
    facts: 'https://docs.adyen.com/development-resources/webhooks/handle-webhook-events',
    first: adyenItem({}),
    second: adyenItem({ eventDate: '2026-03-01T12:00:01+01:00' }),
    sameLane: [adyenItem({ eventCode: 'AUTHORISATION', pspReference: '79', originalReference: '' })],
  },
  'adyen-platform': {
    id: 'digest of the bytes',
    differ: '`timestamp` of the webhook, and the state of its object',
    first: json({
      type: 'balancePlatform.transfer.updated',
      timestamp: '2026-03-01T12:00:00+01:00',
      data: { id: 'T1', status: 'booked' },
    }),
    second: json({
      type: 'balancePlatform.transfer.updated',
      timestamp: '2026-03-01T12:00:01+01:00',
      data: { id: 'T1', status: 'booked' },
    }),
    sameLane: [json({ type: 'balancePlatform.transfer.created', data: { id: 'T1' } })],
  },
  'authorize-net': {
    id: '`notificationId`',
    differ: 'each notification has its own',
    ...byField('notificationId', {
      eventType: 'net.authorize.payment.capture.created',
      payload: { id: '1' },
    }),
    sameLane: [
      json({ notificationId: 'c', eventType: 'net.authorize.payment.refund.created', payload: { id: '1' } }),
    ],
  },
  braintree: {
    id: 'digest of the payload',
    differ: 'the time in the payload, to the second',
    repeats: 'two equal notifications about one subject within one second',
    first: braintree('00'),
    second: braintree('01'),
    sameLane: [braintree('02', 'subscription_canceled')],
  },
  chargebee: {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', {
      event_type: 'subscription_changed',
      occurred_at: 1,
      content: { subscription: { id: 's' } },
    }),
    sameLane: [
      json({
        id: 'c',
        event_type: 'invoice_generated',
        content: { invoice: { id: 'i' }, subscription: { id: 's' } },
      }),
    ],
  },
  'coinbase-commerce': {
    id: '`event.id`',
    differ: 'each event has its own; `attempt_number` grows in retries',
    first: json({ attempt_number: 1, event: { id: 'a', type: 'charge:pending', data: { id: 'c' } } }),
    second: json({ attempt_number: 1, event: { id: 'b', type: 'charge:pending', data: { id: 'c' } } }),
    again: json({ attempt_number: 2, event: { id: 'a', type: 'charge:pending', data: { id: 'c' } } }),
    sameLane: [json({ event: { id: 'd', type: 'charge:confirmed', data: { id: 'c' } } })],
  },
  gocardless: {
    id: '`id` of the event',
    differ: 'each event has its own',
    first: json({
      events: [{ id: 'a', resource_type: 'payments', action: 'confirmed', links: { payment: 'P' } }],
    }),
    second: json({
      events: [{ id: 'b', resource_type: 'payments', action: 'confirmed', links: { payment: 'P' } }],
    }),
    sameLane: [
      json({
        events: [
          { id: 'c', resource_type: 'payments', action: 'paid_out', links: { payment: 'P', payout: 'O' } },
        ],
      }),
    ],
  },
  klarna: {
    id: '`metadata.event_id`',
    differ: 'each event has its own',
    first: json({ metadata: { event_id: 'a', event_type: 't' }, payload: { payment_request_id: 'p' } }),
    second: json({ metadata: { event_id: 'b', event_type: 't' }, payload: { payment_request_id: 'p' } }),
    sameLane: [
      json({
        metadata: { event_id: 'c', event_type: 'u' },
        payload: { payment_request_id: 'p', payment_transaction_id: 't' },
      }),
    ],
  },
  'lemon-squeezy': {
    id: 'digest of the bytes',
    differ: 'name of the event, and the resource with the microsecond of its last change',
    repeats: 'the same webhook sent again by hand',
    first: json({
      meta: { event_name: 'subscription_updated' },
      data: { type: 'subscriptions', id: '1', attributes: { updated_at: '2026-03-01T12:00:00.000000Z' } },
    }),
    second: json({
      meta: { event_name: 'subscription_updated' },
      data: { type: 'subscriptions', id: '1', attributes: { updated_at: '2026-03-01T12:00:00.000001Z' } },
    }),
    sameLane: [
      json({
        meta: { event_name: 'subscription_cancelled' },
        data: { type: 'subscriptions', id: '1', attributes: {} },
      }),
    ],
  },
  mollie: {
    id: 'the object and the millisecond it came',
    differ: 'nothing that is sent: all wake-ups of an object are alike',
    first: form({ id: 'tr_1' }),
    second: form({ id: 'tr_1' }),
    retryRunsAgain: true,
    sameLane: [form({ id: 'tr_1' })],
  },
  'mollie-events': {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', { resource: 'event', type: 'payment-link.paid', entityId: 'pl_1' }),
    sameLane: [json({ id: 'c', resource: 'event', type: 'payment-link.expired', entityId: 'pl_1' })],
  },
  paddle: {
    id: '`event_id`',
    differ: 'each event has its own; `notification_id` is of the delivery',
    ...byField('event_id', { event_type: 'transaction.updated', data: { id: 'txn' }, notification_id: 'n' }),
    again: json({
      event_type: 'transaction.updated',
      data: { id: 'txn' },
      notification_id: 'other',
      event_id: 'a',
    }),
    sameLane: [json({ event_id: 'c', event_type: 'transaction.paid', data: { id: 'txn' } })],
  },
  paypal: {
    id: '`id`',
    differ: 'each event has its own; the transmission id is of the delivery',
    ...byField('id', { event_type: 'PAYMENT.CAPTURE.COMPLETED', resource: { id: 'r' } }),
    sameLane: [json({ id: 'c', event_type: 'PAYMENT.CAPTURE.REFUNDED', resource: { id: 'r' } })],
  },
  plaid: {
    id: 'digest of the bytes and of the token in the header',
    differ: 'the token: each delivery has one of its own, and `SYNC_UPDATES_AVAILABLE` repeats byte for byte',
    ...byHeader('plaid-verification', {
      webhook_type: 'TRANSACTIONS',
      webhook_code: 'SYNC_UPDATES_AVAILABLE',
      item_id: 'i',
      environment: 'production',
    }),
    again: json(
      {
        webhook_type: 'TRANSACTIONS',
        webhook_code: 'SYNC_UPDATES_AVAILABLE',
        item_id: 'i',
        environment: 'production',
      },
      { 'plaid-verification': 'c' },
    ),
    retryRunsAgain: true,
    sameLane: [json({ webhook_type: 'ITEM', webhook_code: 'ERROR', item_id: 'i' })],
  },
  quickbooks: {
    id: '`id` of a CloudEvent; of the older form company, entity, operation and time',
    differ: 'the id; of the older form the time, to the second, and what was merged',
    repeats:
      'older form: two equal changes of one entity within one second, which both say only that it changed',
    first: quickbooks({ ...changed, deletedId: '7' }),
    second: quickbooks({ ...changed, deletedId: '8' }),
    sameLane: [
      json([{ id: 'e', type: 'qbo.customer.updated.v1', intuitaccountid: '1', intuitentityid: '1' }]),
    ],
  },
  razorpay: {
    id: '`x-razorpay-event-id`',
    differ: 'each event has its own',
    ...byHeader('x-razorpay-event-id', {
      event: 'payment.captured',
      created_at: 1,
      payload: { payment: { entity: { id: 'p' } } },
    }),
    sameLane: [
      json(
        { event: 'payment.failed', payload: { payment: { entity: { id: 'p' } } } },
        { 'x-razorpay-event-id': 'c' },
      ),
    ],
  },
  recurly: {
    id: 'digest of the bytes',
    differ: '`event_time`',
    repeats: 'two equal events of one object at the same time',
    first: json({
      object_type: 'subscription',
      event_type: 'updated',
      event_time: '2026-03-01T12:00:00Z',
      account_code: 'a',
    }),
    second: json({
      object_type: 'subscription',
      event_type: 'updated',
      event_time: '2026-03-01T12:00:01Z',
      account_code: 'a',
    }),
    sameLane: [json({ object_type: 'account', event_type: 'updated', account_code: 'a' })],
  },
  shopify: {
    id: '`X-Shopify-Webhook-Id`, or `Shopify-Webhook-Id`',
    differ:
      'each delivery has its own and keeps it in retries; the event id is shared by all that one action changes',
    facts: 'https://shopify.dev/docs/apps/build/webhooks/ignore-duplicates',
    ...byHeader(
      'x-shopify-webhook-id',
      { id: 1 },
      { 'x-shopify-event-id': 'e', 'x-shopify-topic': 'orders/updated', 'x-shopify-shop-domain': 'd' },
    ),
    sameLane: [
      json(
        { id: 7, order_id: 1 },
        { 'x-shopify-webhook-id': 'c', 'x-shopify-topic': 'refunds/create', 'x-shopify-shop-domain': 'd' },
      ),
    ],
  },
  square: {
    id: '`event_id`',
    differ: 'each event has its own',
    ...byField('event_id', { type: 'payment.updated', data: { type: 'payment', id: 'p' } }),
    sameLane: [json({ event_id: 'c', type: 'payment.created', data: { type: 'payment', id: 'p' } })],
  },
  stripe: {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', { type: 'invoice.updated', created: 1, data: { object: { id: 'in_1' } } }),
    sameLane: [json({ id: 'c', type: 'invoice.paid', created: 1, data: { object: { id: 'in_1' } } })],
  },
  'stripe-thin': {
    id: '`id`',
    differ: 'each event has its own',
    ...byField('id', { type: 'v1.billing.meter.error_report_triggered', related_object: { id: 'mtr_1' } }),
    sameLane: [json({ id: 'c', type: 'v1.billing.meter.no_meter_found', related_object: { id: 'mtr_1' } })],
  },
  wise: {
    id: '`X-Delivery-Id`',
    differ: 'each delivery has its own and keeps it in retries',
    ...byHeader('x-delivery-id', {
      event_type: 'transfers#state-change',
      data: { resource: { type: 'transfer', id: 1 } },
    }),
    sameLane: [
      json(
        {
          event_type: 'transfers#payout-failure',
          data: { transfer_id: 1, occurred_at: '2026-03-01T12:00:00Z' },
        },
        { 'x-delivery-id': 'c' },
      ),
    ],
  },
  woocommerce: {
    id: 'digest of the bytes and the millisecond they came',
    differ: 'nothing that is sent: the delivery id is of the second; WooCommerce never comes again',
    first: json(
      { action: 'woocommerce_add_to_cart', arg: 'c4ca' },
      { 'x-wc-webhook-topic': 'action.woocommerce_add_to_cart', 'x-wc-webhook-delivery-id': 'd' },
    ),
    second: json(
      { action: 'woocommerce_add_to_cart', arg: 'c4ca' },
      { 'x-wc-webhook-topic': 'action.woocommerce_add_to_cart', 'x-wc-webhook-delivery-id': 'd' },
    ),
    retryRunsAgain: true,
    sameLane: [
      json(
        { action: 'woocommerce_add_to_cart', arg: 'c4ca' },
        { 'x-wc-webhook-topic': 'action.woocommerce_add_to_cart' },
      ),
    ],
  },
  xero: {
    id: 'organisation, resource, kind and time',
    differ: '`eventDateUtc`, to the millisecond',
    first: json({ events: [xero] }),
    second: json({ events: [{ ...xero, eventDateUtc: '2026-03-01T12:00:00.002' }] }),
    sameLane: [json({ events: [{ ...xero, eventType: 'CREATE' }] })],
  },
};
