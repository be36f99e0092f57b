import { preset } from '../preset.ts';
import { jwt } from '../../signatures/jwt.ts';

export interface FusionauthWebhook {
  readonly event: {
    readonly id: string;
    /** `user.create`, … */
    readonly type: string;
    /** Milliseconds. */
    readonly createInstant?: number;
    readonly user?: { readonly id?: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
}

/** FusionAuth, its events signed with an HMAC key. Lane: the user. */
export const fusionauth = preset<FusionauthWebhook>(
  {
    name: 'fusionauth',
    title: 'FusionAuth',
    page: 'https://fusionauth.io/docs/extend/events-and-webhooks/signing',
    confidence: 'documentation',
    secret: 'the HMAC key that signs events',
    version: 'event.createInstant',
  },
  {
    verify: jwt({
      name: 'fusionauth',
      from: 'header:x-fusionauth-signature-jwt',
      algorithm: 'HS256',
      bodySha256: 'request_body_sha256',
      bodySha256Encoding: 'base64',
    }),
    id: 'event.id',
    type: 'event.type',
    lane: 'event.user.id',
  },
);
