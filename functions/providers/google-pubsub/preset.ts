import { joined } from '../../sources/event-keys.ts';
import { presetWith } from '../preset.ts';
import type { Fetch } from '../../signatures/fetch-text.ts';
import { jwks } from '../../signatures/json-web-key.ts';
import { jwt } from '../../signatures/jwt.ts';

export interface PubsubSettings {
  /** As the subscription says it; where it says nothing, the whole push address. */
  readonly audience: string;
  /** The account that the subscription pushes as: `pusher@project.iam.gserviceaccount.com`. */
  readonly serviceAccount: string;
  /** Fetches Google's keys (default the global one). */
  readonly fetch?: Fetch;
}

export interface PubsubPush {
  readonly message: {
    readonly messageId: string;
    readonly publishTime: string;
    readonly orderingKey?: string;
    /** Base64. */
    readonly data?: string;
    readonly attributes?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly subscription: string;
  readonly deliveryAttempt?: number;
}

/** Google Cloud Pub/Sub, push subscriptions that authenticate, with the message wrapped. Lane: the ordering key. */
export const googlePubsub = presetWith<PubsubSettings, PubsubPush>(
  {
    name: 'google-pubsub',
    title: 'Google Pub/Sub',
    page: 'https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions',
    confidence: 'library',
    secret: 'none: tokens are signed with a key of Google’s',
    unsigned: 'everything: the token says who calls, not what was sent',
    version: 'message.publishTime',
  },
  ({ audience, serviceAccount, fetch }) => ({
    verify: jwt({
      name: 'google-pubsub',
      algorithm: 'RS256',
      keys: jwks('https://www.googleapis.com/oauth2/v3/certs', fetch),
      issuer: ['https://accounts.google.com', 'accounts.google.com'],
      audience,
      claims: { email: serviceAccount, email_verified: true },
      mustExpire: true,
    }),
    // Unique among the messages of a topic.
    id: ({ body }) => joined(body.message.messageId, body.subscription),
    lane: 'message.orderingKey',
  }),
);
