import type { Handshake } from '../../handshakes/handshake.ts';
import { presetWith } from '../preset.ts';
import type { Fetch } from '../../signatures/fetch-text.ts';
import { isAmazons, readSnsMessage, snsSignature, type SnsMessage } from './signature.ts';

export interface SnsSettings {
  /** The topics to accept, and whose subscriptions to confirm. */
  readonly topicArns: readonly string[];
  /** Fetches signing certificates (default the global one). */
  readonly fetch?: Fetch;
}

/** Signed like every message, of an allowed topic; confirmed by calling the address it names, once that is checked to be SNS's own. */
const confirmation: Handshake = {
  name: 'subscription-confirmation',
  method: 'POST',
  isSigned: true,
  respond({ request }) {
    const read = readSnsMessage(request);
    if (read === undefined || read.Type === 'Notification') return undefined;
    if (read.Type === 'UnsubscribeConfirmation') return { kind: 'answer', answer: { status: 200 } };
    const url = read.SubscribeURL;
    return url !== undefined && isAmazons(url)
      ? { kind: 'call', url, answer: { status: 200 } }
      : { kind: 'refused' };
  },
};

/** Amazon SNS over HTTPS, without raw delivery (which is not signed). Type: the subject, else the source's name. */
export const sns = presetWith<SnsSettings, SnsMessage>(
  {
    name: 'sns',
    title: 'Amazon SNS',
    page: 'https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html',
    confidence: 'library',
    secret: 'none: messages are signed with a key of Amazon’s',
    acknowledgeWithinSeconds: 15,
    version: 'Timestamp',
  },
  ({ topicArns, fetch }) => ({
    verify: snsSignature(topicArns, fetch),
    // SNS sends its JSON as text/plain.
    bodyFormats: ['json-as-text'],
    handshakes: [confirmation],
    id: 'MessageId',
    type: ({ body, source }) => body.Subject ?? source,
  }),
);
