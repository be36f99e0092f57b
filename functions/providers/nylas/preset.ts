import { echo } from '../../handshakes/echo.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface NylasEvent {
  readonly id: string;
  /** `message.created`, `event.updated`, … */
  readonly type: string;
  readonly source?: string;
  /** Whole seconds. */
  readonly time?: number;
  readonly data?: {
    readonly object?: { readonly id?: string; readonly grant_id?: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Nylas, version 3. Lane: the message, event or other object, else the grant. */
export const nylas = preset<NylasEvent>(
  {
    name: 'nylas',
    title: 'Nylas',
    page: 'https://developer.nylas.com/docs/v3/notifications/',
    confidence: 'documentation',
    secret: 'the webhook_secret',
    acknowledgeWithinSeconds: 10,
    version: 'time',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-nylas-signature', encoding: 'hex' }),
    handshakes: [echo({ name: 'challenge', method: 'GET', isSigned: false, echo: 'query:challenge' })],
    id: 'id',
    type: 'type',
    lane: ({ body: { data } }) => data?.object?.id ?? data?.object?.grant_id,
  },
);
