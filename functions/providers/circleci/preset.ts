import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface CircleciEvent {
  readonly id: string;
  /** `workflow-completed` or `job-completed`. */
  readonly type: string;
  readonly happened_at: string;
  readonly workflow?: { readonly id: string; readonly status?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** CircleCI. Lane: the workflow. */
export const circleci = preset<CircleciEvent>(
  {
    name: 'circleci',
    title: 'CircleCI',
    page: 'https://circleci.com/docs/guides/integration/outbound-webhooks/',
    confidence: 'vector',
    secret: 'the secret token of the webhook',
    acknowledgeWithinSeconds: 10,
    version: 'happened_at',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'circleci-signature',
      shape: { kind: 'list', separator: ',', signature: 'v1' },
      encoding: 'hex',
    }),
    handshakes: [ping('ping', { 'field:type': 'ping' })],
    id: 'id',
    type: 'type',
    lane: 'workflow.id',
  },
);
