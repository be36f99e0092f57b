import { bodyHash } from '../../sources/event-keys.ts';
import { preset } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';
import { any } from '../../signatures/combine.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface VapiMessage {
  readonly message: {
    /** `status-update`, `end-of-call-report`, … */
    readonly type: string;
    /** Milliseconds. */
    readonly timestamp?: number;
    readonly call?: { readonly id?: string; readonly [field: string]: unknown };
    readonly [field: string]: unknown;
  };
}

/** Vapi, with a signature, or with its secret sent as it is, which says nothing of the body. Lane: the call. */
export const vapi = preset<VapiMessage>(
  {
    name: 'vapi',
    title: 'Vapi',
    page: 'https://docs.vapi.ai/server-url/server-authentication',
    confidence: 'second-hand',
    secret: 'the secret of the server credential',
    unsigned: 'everything, where the secret is sent as it is',
    version: 'message.timestamp',
  },
  {
    verify: any(
      hmac({ algorithm: 'sha256', header: 'x-vapi-signature', encoding: 'hex' }),
      apiKey({ header: 'x-vapi-secret' }),
    ),
    // Every message says when it was made, to the millisecond.
    id: bodyHash(),
    type: 'message.type',
    lane: 'message.call.id',
  },
);
