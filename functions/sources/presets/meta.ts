import { bodyHash, joined } from '../event-keys.ts';
import { echo } from '../handshakes/echo.ts';
import { isObject, lookUp } from '../path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

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

/** What is no list is kept as a part, which is then refused with its body. */
const listAt = (value: unknown, name: string): readonly unknown[] => {
  const found = lookUp(value, name);
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
};

function split(body: unknown): readonly unknown[] | undefined {
  if (!isObject(body) || !Array.isArray(body['entry'])) return undefined;
  const entries: readonly unknown[] = body['entry'];
  return entries.flatMap((entry) => {
    if (!isObject(entry)) return [entry];
    const { id, time } = entry;
    const common = { object: body['object'], entry: time === undefined ? { id } : { id, time } };
    return [
      ...[...listAt(entry, 'messaging'), ...listAt(entry, 'standby')].map((item) =>
        isObject(item) ? { ...common, messaging: item } : item,
      ),
      ...listAt(entry, 'changes').flatMap((change) => splitChange(change, common)),
    ];
  });
}

/** WhatsApp puts several messages and statuses into one change. */
function splitChange(change: unknown, common: Fields): readonly unknown[] {
  if (!isObject(change)) return [change];
  const { value } = change;
  const messages = listAt(value, 'messages');
  const statuses = listAt(value, 'statuses');
  if (!isObject(value) || messages.length + statuses.length === 0) return [{ ...common, ...change }];
  const rest = Object.fromEntries(
    Object.entries(value).filter(([name]) => name !== 'messages' && name !== 'statuses'),
  );
  const part = (own: Fields) => ({ ...common, ...change, value: { ...rest, ...own } });
  return [
    ...messages.map((message) => (isObject(message) ? part({ messages: [message] }) : message)),
    ...statuses.map((status) => (isObject(status) ? part({ statuses: [status] }) : status)),
  ];
}

const parts = ({ value, messaging }: MetaEvent) => ({
  message: value?.messages?.[0],
  status: value?.statuses?.[0],
  messaging,
});

function id(e: { body: MetaEvent; raw: Uint8Array }): string {
  const { message, status, messaging } = parts(e.body);
  if (status !== undefined) return joined(status.id, status.status) ?? bodyHash(e);
  const mid = message?.id ?? messaging?.postback?.mid ?? messaging?.message?.mid;
  const isUnsent = messaging?.message?.is_deleted === true;
  return (isUnsent ? joined(mid, 'deleted') : mid) ?? bodyHash(e);
}

const beside = ['sender', 'recipient', 'timestamp'];

/** `message`, `status.delivered`; of Messenger the member that holds the event, such as `postback`; of other changes the field. */
function type({ body, source }: { body: MetaEvent; source: string }): string {
  const { message, status, messaging } = parts(body);
  if (message !== undefined) return 'message';
  if (status !== undefined) return `status.${status.status}`;
  return Object.keys(messaging ?? {}).find((key) => !beside.includes(key)) ?? body.field ?? source;
}

/** The conversation: phone number or page, and contact. Of other changes the page. */
function lane({ body }: { body: MetaEvent }): string | undefined {
  const { message, status, messaging } = parts(body);
  const contact = message?.from ?? status?.recipient_id;
  if (contact !== undefined) return joined(body.value?.metadata?.phone_number_id, contact);
  if (messaging === undefined) return lookUp(body, 'entry.id') === undefined ? undefined : body.entry.id;
  const { sender, recipient } = messaging;
  return joined(body.entry.id, sender?.id === body.entry.id ? recipient?.id : sender?.id);
}

/** Meta's webhooks: WhatsApp, Messenger, Instagram, pages and the rest of the Graph API; a body holds several events. Lane: the conversation, else the page. */
export const meta = preset<MetaEvent>(
  {
    name: 'meta',
    title: 'Meta (WhatsApp, Messenger, Instagram)',
    page: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
    confidence: 'documentation',
    secret: 'the app secret; and handshake:… the verify token you typed there',
    version: ({ body }) => {
      const { message, status, messaging } = parts(body);
      return message?.timestamp ?? status?.timestamp ?? messaging?.timestamp ?? body.entry.time;
    },
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
