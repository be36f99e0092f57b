import { answerWith } from '../../api/answer.ts';
import { bodyHash, joined } from '../../sources/event-keys.ts';
import { keepSecret } from '../../handshakes/keep-secret.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** One event of a body that holds several, or none (a heartbeat). */
export interface AsanaEvent {
  /** `changed`, `added`, `removed`, `deleted` or `undeleted`. */
  readonly action: string;
  readonly resource: {
    readonly gid: string;
    readonly resource_type: string;
    readonly [field: string]: unknown;
  };
  /** What the resource was added to, or stands in. */
  readonly parent?: { readonly gid: string; readonly [field: string]: unknown } | null;
  readonly created_at: string;
  readonly change?: { readonly field?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Asana sends each event at most once: look for what is missing from time to time. Lane: the task or other resource, a story being its task's. */
export const asana = preset<AsanaEvent>(
  {
    name: 'asana',
    title: 'Asana',
    page: 'https://developers.asana.com/docs/webhooks-guide',
    confidence: 'documentation',
    secret: 'nothing: Asana hands it over when the webhook is created',
    acknowledgeWithinSeconds: 10,
    version: 'created_at',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-hook-signature', encoding: 'hex' }),
    handshakes: [
      keepSecret({
        name: 'secret',
        from: 'header:x-hook-secret',
        signature: 'x-hook-signature',
        sendBackAs: 'x-hook-secret',
      }),
    ],
    split: 'events',
    // Events have no id, and one that comes again may stand elsewhere in another body: its own content tells it apart.
    id: (e) => joined(e.body.resource.gid, e.body.action, e.body.created_at, bodyHash()(e)) ?? bodyHash()(e),
    type: ({ body }) => `${body.resource.resource_type}.${body.action}`,
    // A story (a comment, say) belongs to its task.
    lane: ({ body: { resource, parent } }) =>
      (resource.resource_type === 'story' ? parent?.gid : undefined) ?? resource.gid,
    respond: answerWith({ status: 200 }),
  },
);
