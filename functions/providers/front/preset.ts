import { echo } from '../../handshakes/echo.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface FrontEvent {
  /** `message_received`, … */
  readonly type?: string;
  readonly payload?: {
    readonly id?: string;
    readonly conversation?: { readonly id?: string; readonly [field: string]: unknown };
    readonly emitted_at?: number;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Front’s application webhooks. Lane: the conversation. */
export const front = preset<FrontEvent>(
  {
    name: 'front',
    title: 'Front',
    page: 'https://dev.frontapp.com/docs/application-webhooks',
    confidence: 'second-hand',
    secret: 'the signing key of the app',
    version: 'payload.emitted_at',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-front-signature',
      encoding: 'base64',
      signed: '{timestamp}:{body}',
      timestamp: { from: 'header:x-front-request-timestamp', unit: 'ms' },
    }),
    handshakes: [
      echo({ name: 'challenge', method: 'POST', isSigned: true, echo: 'header:x-front-challenge' }),
    ],
    id: 'payload.id',
    type: 'type',
    lane: 'payload.conversation.id',
  },
);
