import type { WebhookEvent } from '../../api/handler.ts';
import { bodyHash } from '../../sources/event-keys.ts';
import { proof } from '../../handshakes/proof.ts';
import { isObject, isText, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** One event of a body that holds several lists of them, such as `tweet_create_events`; what stood beside the lists stands beside it. */
export interface XEvent {
  readonly for_user_id?: string;
  /** The name of the list: `tweet_create_events`, `direct_message_events`, … */
  readonly type?: string;
  readonly event?: Readonly<Record<string, unknown>>;
  /** Of the newer products, whose bodies are one event. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

function split(body: unknown): readonly unknown[] | undefined {
  if (!isObject(body)) return undefined;
  const lists = Object.entries(body).filter(([name]) => name.endsWith('_events'));
  if (lists.length === 0) return undefined;
  const common = Object.fromEntries(Object.entries(body).filter(([name]) => !name.endsWith('_events')));
  return lists.flatMap(([type, list]) => {
    const events: readonly unknown[] = Array.isArray(list) ? list : [list];
    return events.map((event) => (isObject(event) ? { ...common, type, event } : event));
  });
}

const idPaths = ['event.id_str', 'event.id', 'event.status.id', 'data.event_uuid', 'data.id'];

/** Of a follow, a block and the like there is none. Only an object is an event: a challenge of the check below must never be one. */
function id(e: WebhookEvent<XEvent>): string | undefined {
  if (!isObject(e.body)) return undefined;
  const found = idPaths.map((path) => lookUp(e.body, path)).find((one) => isText(one) && one !== '');
  const own = isText(found) ? found : bodyHash()(e);
  // One post is an event for each user that is subscribed to it.
  return [e.body.type, e.body.for_user_id, own].filter((part) => part !== undefined).join('/');
}

function type({ body, source }: { body: XEvent; source: string }): string {
  const found = body.type ?? lookUp(body, 'data.event_type');
  return isText(found) ? found : source;
}

function lane({ body }: { body: XEvent }): string | undefined {
  const found = body.for_user_id ?? lookUp(body, 'data.filter.user_id');
  return isText(found) ? found : undefined;
}

/** X, formerly Twitter; a body holds several events. Lane: the subscribed user. */
export const x = preset<XEvent>(
  {
    name: 'x',
    title: 'X',
    page: 'https://docs.x.com/x-api/webhooks/quickstart',
    confidence: 'documentation',
    secret: 'the consumer secret of the app',
    acknowledgeWithinSeconds: 10,
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-twitter-webhooks-signature',
      prefix: 'sha256=',
      encoding: 'base64',
    }),
    handshakes: [
      proof({
        name: 'crc',
        method: 'GET',
        isSigned: false,
        challenge: 'query:crc_token',
        // No brace: the answer is what a body of this text would be signed with.
        form: /^[\w+/=-]{1,256}$/,
        hash: 'sha256',
        encoding: 'base64',
        answer: (_, text) => ({ status: 200, body: { response_token: `sha256=${text}` } }),
      }),
    ],
    split,
    id,
    type,
    lane,
  },
);
