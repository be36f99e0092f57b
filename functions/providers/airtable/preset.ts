import { answerWith } from '../../api/answer.ts';
import { joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** Says only that something changed: list the payloads from your cursor on, and expect to find several or none. */
export interface AirtableNotification {
  readonly base: { readonly id: string };
  readonly webhook?: { readonly id: string };
  readonly timestamp: string;
}

/** Airtable. Lane: the webhook, so that two notifications never list its payloads at the same time. */
export const airtable = preset<AirtableNotification>(
  {
    name: 'airtable',
    title: 'Airtable',
    page: 'https://airtable.com/developers/web/api/webhooks-overview',
    confidence: 'documentation',
    secret: 'the macSecretBase64 of the webhook',
    version: 'timestamp',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      key: { format: 'base64' },
      header: 'x-airtable-content-mac',
      prefix: 'hmac-sha256=',
      encoding: 'hex',
    }),
    id: (e) => joined(e.body.webhook?.id, e.body.timestamp),
    lane: 'webhook.id',
    respond: answerWith({ status: 200 }),
  },
);
