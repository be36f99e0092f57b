import { bodyHash, eachDelivery, joined } from '../../sources/event-keys.ts';
import type { Handshake } from '../../handshakes/handshake.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** The resource as the REST API renders it; of a deleted one its id alone. Topics that are actions of WordPress send `action` and `arg`. */
export interface WoocommerceResource {
  readonly id?: number;
  readonly action?: string;
  readonly arg?: unknown;
  /** Whole seconds, in UTC without saying so. */
  readonly date_modified_gmt?: string;
  readonly [field: string]: unknown;
}

/** When a webhook is saved, a form with its number and no signature comes; unless that gets a 200, it cannot be saved. */
const saving: Handshake = {
  name: 'saving',
  method: 'POST',
  isSigned: false,
  respond(view) {
    const isIt = view.formFields()?.length === 1 && /^\d{1,20}$/.test(view.form('webhook_id') ?? '');
    return isIt ? { kind: 'answer', answer: { status: 200 } } : undefined;
  },
};

/** WooCommerce. Lane: the order, product, customer, … It switches a webhook off after five failures in a row. */
export const woocommerce = preset<WoocommerceResource>(
  {
    name: 'woocommerce',
    title: 'WooCommerce',
    page: 'https://github.com/woocommerce/woocommerce/blob/trunk/plugins/woocommerce/includes/class-wc-webhook.php',
    confidence: 'documentation',
    secret: 'the secret of the webhook',
    acknowledgeWithinSeconds: 60,
    unsigned: 'the topic and the delivery id (headers)',
    version: 'date_modified_gmt',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-wc-webhook-signature',
      encoding: 'base64',
      key: { format: 'html' },
    }),
    handshakes: [saving],
    // WooCommerce never comes again; what happens twice within a second may share its delivery id and its bytes.
    id: bodyHash(eachDelivery),
    type: 'header:x-wc-webhook-topic',
    lane: ({ headers, body }) => joined(headers['x-wc-webhook-topic']?.split('.')[0], body.id ?? body.arg),
  },
);
