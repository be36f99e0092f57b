import type { WebhookEvent } from '../../api/handler.ts';
import { bodyHash, joined, joinedWith } from '../../sources/event-keys.ts';
import { echo } from '../../handshakes/echo.ts';
import { isObject, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** One message, status or change of a body that holds several; where it stood in the body stands beside it. */
export interface MetaEvent {
  /** `whatsapp_business_account`, `page`, `instagram`, … */
  readonly object: string;
  readonly entry: { readonly id: string; readonly time?: number };
  /** Of a change: what changed, such as `feed`. */
  readonly field?: string;
  /** Of a change. Of WhatsApp's, `messages` or `statuses` holds the one this event is. */
  readonly value?: {
    readonly metadata?: { readonly phone_number_id: string; readonly [field: string]: unknown };
    readonly messages?: readonly {
      readonly id: string;
      readonly from: string;
      readonly timestamp: string;
      readonly type: string;
      readonly [field: string]: unknown;
    }[];
    readonly statuses?: readonly {
      readonly id: string;
      readonly status: string;
      readonly recipient_id: string;
      readonly recipient_participant_id?: string;
      readonly timestamp: string;
      readonly [field: string]: unknown;
    }[];
    readonly [field: string]: unknown;
  };
  /** Of Messenger and Instagram. */
  readonly messaging?: {
    readonly sender?: { readonly id: string };
    readonly recipient?: { readonly id: string };
    readonly timestamp?: number;
    readonly message?: {
      readonly mid?: string;
      readonly is_deleted?: boolean;
      readonly [field: string]: unknown;
    };
    readonly postback?: { readonly mid?: string; readonly [field: string]: unknown };
    readonly [kind: string]: unknown;
  };
  readonly [field: string]: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** What is no list counts as its only member, which is then refused with its body. */
const listAt = (value: unknown, name: string): readonly unknown[] => {
  const found = lookUp(value, name) ?? [];
  return Array.isArray(found) ? found : [found];
};

/** What is no object stays as it is, and is refused with its body. */
const wrapped = (list: readonly unknown[], wrap: (one: Fields) => Fields) =>
  list.map((one) => (isObject(one) ? wrap(one) : one));

/** Nothing of a body is dropped because it holds no list that we know. */
const orElse = (list: readonly unknown[], whole: Fields) => (list.length > 0 ? list : [whole]);

function split(body: unknown): readonly unknown[] | undefined {
  if (!isObject(body)) return undefined;
  const { object } = body;
  const events = listAt(body, 'entry').flatMap((entry) =>
    isObject(entry) ? splitEntry(entry, object) : [entry],
  );
  return orElse(events, { entry: {}, ...body });
}

function splitEntry(entry: Fields, object: unknown): readonly unknown[] {
  const common = { object, entry: { id: entry['id'], time: entry['time'] } };
  const messages = ['messaging', 'standby'].flatMap((name) =>
    wrapped(listAt(entry, name), (messaging) => ({ ...common, messaging })),
  );
  const changes = listAt(entry, 'changes').flatMap((change) => splitChange(change, common));
  return orElse([...messages, ...changes], { object, entry });
}

const withoutLists = { messages: undefined, statuses: undefined };

/** WhatsApp puts several messages and statuses into one change. */
function splitChange(change: unknown, common: Fields): readonly unknown[] {
  if (!isObject(change)) return [change];
  const value = isObject(change['value']) ? change['value'] : {};
  const events = Object.keys(withoutLists).flatMap((name) =>
    wrapped(Array.isArray(value[name]) ? value[name] : [], (one) => ({
      ...common,
      ...change,
      value: { ...value, ...withoutLists, [name]: [one] },
    })),
  );
  return orElse(events, { ...common, ...change });
}

const parts = ({ value, messaging }: MetaEvent) => ({
  message: value?.messages?.[0],
  status: value?.statuses?.[0],
  messaging,
});

function id(e: WebhookEvent<MetaEvent>): string {
  const { message, status, messaging } = parts(e.body);
  const { mid, is_deleted: isUnsent } = messaging?.message ?? {};
  return (
    message?.id ??
    // A group has a status for each of its members.
    (status && joinedWith([status.id, status.status], status.recipient_participant_id)) ??
    messaging?.postback?.mid ??
    (isUnsent === true ? joined(mid, 'deleted') : mid) ??
    bodyHash()(e)
  );
}

const beside = ['sender', 'recipient', 'timestamp'];

/** `message`, `status.delivered`; of Messenger the member that holds the event, such as `postback`; of other changes the field. */
function type({ body, source }: { body: MetaEvent; source: string }): string {
  const { message, status, messaging } = parts(body);
  if (message) return 'message';
  if (status) return `status.${status.status}`;
  return Object.keys(messaging ?? {}).find((key) => !beside.includes(key)) ?? body.field ?? source;
}

/** The conversation: phone number or page, and contact. Of other changes the page. */
function lane({ body }: { body: MetaEvent }): string | undefined {
  const { message, status, messaging } = parts(body);
  const contact = message?.from ?? status?.recipient_id;
  if (contact) return joined(body.value?.metadata?.phone_number_id, contact);
  const { sender, recipient } = messaging ?? {};
  if (!sender) return body.entry.id;
  return joined(body.entry.id, sender.id === body.entry.id ? recipient?.id : sender.id);
}

/** Meta's webhooks: WhatsApp, Messenger, Instagram, pages and the rest of the Graph API; a body holds several events. Lane: the conversation, else the page. */
export const meta = preset<MetaEvent>(
  {
    name: 'meta',
    title: 'Meta, WhatsApp',
    page: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
    confidence: 'documentation',
    secret: 'the app secret; handshake:… the verify token',
    version: ({ body: { value, messaging, entry } }) =>
      ((value?.messages ?? value?.statuses)?.[0] ?? messaging)?.timestamp ?? entry.time,
  },
  {
    // Over the bytes as they come: what is not ASCII comes escaped.
    verify: hmac({ algorithm: 'sha256', header: 'x-hub-signature-256', prefix: 'sha256=', encoding: 'hex' }),
    handshakes: [
      echo({
        name: 'subscribe',
        method: 'GET',
        isSigned: false,
        when: { 'query:hub.mode': 'subscribe' },
        echo: 'query:hub.challenge',
        token: 'query:hub.verify_token',
      }),
    ],
    split,
    id,
    type,
    lane,
  },
);
