import { joined } from '../../sources/event-keys.ts';
import { echo } from '../../handshakes/echo.ts';
import { isObject, isText } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { signature } from '../../signatures/signature.ts';

/** A notification, or the revocation of a subscription, which has no event. */
export interface TwitchNotification {
  readonly subscription: {
    readonly id: string;
    /** `channel.follow`, `stream.online`, … */
    readonly type: string;
    /** `enabled`, else why it was revoked. */
    readonly status: string;
    readonly condition: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly event?: Readonly<Record<string, unknown>>;
  /** Of a subscription that is batched: the one of its events that this is. */
  readonly events?: readonly { readonly id: string; readonly [field: string]: unknown }[];
  readonly [field: string]: unknown;
}

/** Some subscriptions put several events into one message. */
function split(body: unknown): readonly unknown[] | undefined {
  if (!isObject(body) || !Array.isArray(body['events'])) return undefined;
  const events: readonly unknown[] = body['events'];
  return events.map((event) => (isObject(event) ? { ...body, events: [event] } : event));
}

/** In the condition of the subscription; else, such as for a bits transaction or an authorization, in the event. */
const channels = ['broadcaster_user_id', 'to_broadcaster_user_id', 'user_id'];

/** Twitch EventSub. Type: the subscription's, or `revocation`. Lane: the channel. */
export const twitch = preset<TwitchNotification>(
  {
    name: 'twitch',
    title: 'Twitch EventSub',
    page: 'https://dev.twitch.tv/docs/eventsub/handling-webhook-events/',
    confidence: 'documentation',
    secret: 'the secret given when subscribing',
    version: 'header:Twitch-Eventsub-Message-Timestamp',
  },
  {
    verify: signature({
      name: 'twitch',
      algorithm: 'hmac-sha256',
      from: 'header:twitch-eventsub-message-signature',
      shape: { kind: 'prefix', prefix: 'sha256=' },
      encoding: 'hex',
      signed: '{id}{timestamp}{body}',
      id: 'header:twitch-eventsub-message-id',
      timestamp: { from: 'header:twitch-eventsub-message-timestamp', unit: 'iso', toleranceSeconds: 600 },
    }),
    handshakes: [
      echo({
        name: 'callback-verification',
        method: 'POST',
        isSigned: true,
        when: { 'header:twitch-eventsub-message-type': 'webhook_callback_verification' },
        echo: 'field:challenge',
      }),
    ],
    split,
    id: ({ headers, body: { events } }) => {
      const message = headers['twitch-eventsub-message-id'];
      return events === undefined ? message : joined(message, events[0]?.id);
    },
    type: ({ body: { subscription } }) =>
      subscription.status === 'enabled' ? subscription.type : 'revocation',
    lane: ({ body: { subscription, event } }) =>
      [subscription.condition, event ?? {}]
        .flatMap((places) => channels.map((name) => places[name]))
        .filter(isText)
        .find((channel) => channel !== ''),
  },
);
