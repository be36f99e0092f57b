import { bodyHash, joined } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface AttioEvent {
  /** `record.updated`, `note.created`, … */
  readonly event_type: string;
  /** Ids by the name of what they are of. */
  readonly id: Readonly<Record<string, string>>;
  readonly parent_record_id?: string;
}

/** Attio; a body may hold several events. Lane: the record, also of its notes and tasks, else the entry of a list. */
export const attio = preset<AttioEvent>(
  {
    name: 'attio',
    title: 'Attio',
    page: 'https://docs.attio.com/rest-api/guides/webhooks',
    confidence: 'documentation',
    secret: 'the secret of the webhook',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'attio-signature', encoding: 'hex' }),
    split: 'events',
    id: (e) => joined(e.headers['idempotency-key'], bodyHash()(e)),
    type: 'event_type',
    lane: ({ body: { id, parent_record_id: parent } }) => parent ?? id['record_id'] ?? id['entry_id'],
  },
);
