import { joined } from '../../sources/event-keys.ts';
import { hmac } from '../../signatures/hmac.ts';
import { preset } from '../preset.ts';

/** One of the events of a body; its payload is what Klaviyo's Get Event answers. */
export interface KlaviyoEvent {
  readonly external_id?: string;
  /** `event:klaviyo.opened_email`, … */
  readonly topic?: string;
  readonly payload?: {
    readonly data?: {
      readonly attributes?: { readonly datetime?: string; readonly [field: string]: unknown };
      readonly relationships?: {
        readonly profile?: { readonly data?: { readonly id?: string } };
        readonly [name: string]: unknown;
      };
      readonly [field: string]: unknown;
    };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Klaviyo's system webhooks; a body holds several events. Lane: the profile. */
export const klaviyo = preset<KlaviyoEvent>(
  {
    name: 'klaviyo',
    title: 'Klaviyo',
    page: 'https://developers.klaviyo.com/en/docs/working_with_system_webhooks',
    confidence: 'documentation',
    secret: 'the secret key of the webhook',
    version: 'payload.data.attributes.datetime',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'klaviyo-signature',
      encoding: 'hex',
      // A date that is signed as a text: Klaviyo does not say in which zone it counts, so a replay is known by its id alone.
      signed: '{body}{header:klaviyo-timestamp}',
    }),
    split: 'data',
    id: ({ body: { topic, external_id: id } }) => joined(topic, id),
    type: 'topic',
    lane: 'payload.data.relationships.profile.data.id',
  },
);
