import { answerWith } from '../../api/answer.ts';
import { joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface TeamsActivity {
  /** `message` */
  readonly type: string;
  readonly id: string;
  readonly timestamp?: string;
  readonly conversation?: { readonly id?: string; readonly [field: string]: unknown };
  readonly text?: string;
  readonly [field: string]: unknown;
}

/** Outgoing webhooks of Microsoft Teams. Answered with nothing to say; the handler may post to the channel. Lane: the conversation. */
export const teams = preset<TeamsActivity>(
  {
    name: 'teams',
    title: 'Microsoft Teams (outgoing webhook)',
    page: 'https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-outgoing-webhook',
    confidence: 'second-hand',
    secret: 'the security token of the outgoing webhook (base64)',
    acknowledgeWithinSeconds: 5,
    version: 'timestamp',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'authorization',
      prefix: 'HMAC ',
      encoding: 'base64',
      key: { format: 'base64' },
    }),
    // Unique in its conversation.
    id: ({ body }) => joined(body.id, body.conversation?.id),
    type: 'type',
    lane: 'conversation.id',
    respond: answerWith({ status: 200, body: { type: 'message', text: '' } }),
  },
);
