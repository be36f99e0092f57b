import { bodyHash, eachDelivery, joined } from '../../sources/event-keys.ts';
import { hmac } from '../../signatures/hmac.ts';
import { preset } from '../preset.ts';

export interface NangoWebhook {
  /** `auth`, `sync`, `forward`, `async_action`; what is forwarded without a connection comes as its provider sent it. */
  readonly type?: string;
  /** Of `auth`: `creation`, `override`, `refresh`. */
  readonly operation?: string;
  readonly connectionId?: string;
  readonly providerConfigKey?: string;
  /** Of `forward`: what the provider sent. */
  readonly payload?: unknown;
  readonly [field: string]: unknown;
}

/** Nango. Lane: the connection. */
export const nango = preset<NangoWebhook>(
  {
    name: 'nango',
    title: 'Nango',
    page: 'https://nango.dev/docs/guides/platform/webhooks-from-nango',
    confidence: 'documentation',
    secret: 'the webhook signing key of the environment',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-nango-hmac-sha256', encoding: 'hex' }),
    // A connection may be authorized again, or a provider send the same again, byte for byte, and no delivery has a name.
    id: bodyHash(eachDelivery),
    type: ({ body: { type, operation } }) => joined(type, operation)?.replace('/', '.') ?? type,
    lane: ({ body: { providerConfigKey, connectionId } }) => joined(providerConfigKey, connectionId),
  },
);
