import { answerWith } from '../../api/answer.ts';
import { joined, joinedWith } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { basic } from '../../signatures/basic.ts';

export interface PostmarkEvent {
  /** `Delivery`, `Bounce`, `Open`, …; inbound messages have none. */
  readonly RecordType?: string;
  readonly MessageID?: string;
  /** Of bounces and complaints. */
  readonly ID?: number;
  readonly Recipient?: string;
  readonly DeliveredAt?: string;
  /** Of opens and clicks. */
  readonly ReceivedAt?: string;
  readonly ChangedAt?: string;
  /** Of a click. */
  readonly OriginalLink?: string;
  readonly [field: string]: unknown;
}

const typeOf = ({ RecordType }: PostmarkEvent) => RecordType ?? 'Inbound';

/** A message to several recipients has one id, and one recipient may open it often, or click two links at once. */
function id({ body }: { body: PostmarkEvent }) {
  const { MessageID, ID, Recipient, DeliveredAt, ReceivedAt, ChangedAt, OriginalLink } = body;
  const type = typeOf(body);
  if (type === 'Inbound') return joined(type, MessageID);
  if (ID !== undefined) return joined(type, MessageID, ID);
  return joinedWith([type, MessageID, Recipient, DeliveredAt ?? ReceivedAt ?? ChangedAt], OriginalLink);
}

/** Postmark, which signs nothing: give the address a user and a password. Lane: the message. */
export const postmark = preset<PostmarkEvent>(
  {
    name: 'postmark',
    title: 'Postmark',
    page: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
    confidence: 'second-hand',
    secret: 'user:password of the address registered with Postmark',
    unsigned: 'everything: a password says who calls, not what was sent',
  },
  {
    verify: basic(),
    id,
    type: ({ body }) => typeOf(body),
    lane: 'MessageID',
    respond: answerWith({ status: 200 }),
  },
);
