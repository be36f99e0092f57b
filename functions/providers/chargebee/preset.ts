import { preset } from '../preset.ts';
import { basic } from '../../signatures/basic.ts';

interface ChargebeeResource {
  readonly id: string;
  /** Milliseconds; grows with each change of the resource. */
  readonly resource_version?: number;
  readonly [field: string]: unknown;
}

export interface ChargebeeEvent {
  readonly id: string;
  readonly event_type: string;
  /** Whole seconds. */
  readonly occurred_at: number;
  readonly content: Readonly<Record<string, ChargebeeResource | undefined>>;
  readonly [field: string]: unknown;
}

/** A subscription's events carry its customer, invoice and card along: the subscription is what they are about. */
function subject({ body: { content } }: { body: ChargebeeEvent }): ChargebeeResource | undefined {
  return content['subscription'] ?? content['customer'] ?? Object.values(content)[0];
}

/** Chargebee, which signs nothing: set a user name and a password there. Lane: the subscription, else the customer, else what there is. */
export const chargebee = preset<ChargebeeEvent>(
  {
    name: 'chargebee',
    title: 'Chargebee',
    page: 'https://www.chargebee.com/docs/2.0/webhook_settings.html',
    confidence: 'library',
    secret: 'user:password of the basic authentication of the webhook',
    unsigned: 'everything: a password says who calls, not what was sent',
    version: (e) => subject(e)?.resource_version,
  },
  { verify: basic(), id: 'id', type: 'event_type', lane: (e) => subject(e)?.id },
);
