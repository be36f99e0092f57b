import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface TypeformEvent {
  readonly event_id: string;
  /** `form_response`, … */
  readonly event_type: string;
  readonly form_response?: {
    readonly token?: string;
    readonly form_id?: string;
    readonly submitted_at?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Typeform. Lane: the response. */
export const typeform = preset<TypeformEvent>(
  {
    name: 'typeform',
    title: 'Typeform',
    page: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
    confidence: 'second-hand',
    secret: 'the secret of the webhook',
    acknowledgeWithinSeconds: 30,
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'typeform-signature',
      prefix: 'sha256=',
      encoding: 'base64',
    }),
    id: 'event_id',
    type: 'event_type',
    lane: 'form_response.token',
  },
);
