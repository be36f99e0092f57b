import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface WorkosEvent {
  readonly id: string;
  /** `dsync.user.updated`, `connection.activated`, … */
  readonly event: string;
  readonly created_at?: string;
  readonly data: {
    readonly id?: string;
    readonly updated_at?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** WorkOS. Lane: the user, connection or other thing. */
export const workos = preset<WorkosEvent>(
  {
    name: 'workos',
    title: 'WorkOS',
    page: 'https://workos.com/docs/events/data-syncing/webhooks',
    confidence: 'library',
    secret: 'the secret of the webhook endpoint',
    version: 'data.updated_at',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'workos-signature',
      shape: { kind: 'list', separator: ',', signature: 'v1' },
      encoding: 'hex',
      signed: '{timestamp}.{body}',
      timestamp: { from: 'signature:t', unit: 'ms', toleranceSeconds: 180 },
    }),
    id: 'id',
    type: 'event',
    lane: 'data.id',
  },
);
