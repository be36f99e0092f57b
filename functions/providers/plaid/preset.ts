import * as z from 'zod';
import { bodyHash } from '../../sources/event-keys.ts';
import { presetWith } from '../preset.ts';
import { fetchTextIfThere, type Fetch } from '../../signatures/fetch-text.ts';
import { fetchedKeys, type KeySet } from '../../signatures/fetched-keys.ts';
import { jsonWebKeySchema, publicKeyOf } from '../../signatures/json-web-key.ts';
import { jwt } from '../../signatures/jwt.ts';

export interface PlaidWebhook {
  readonly webhook_type: string;
  readonly webhook_code: string;
  readonly item_id?: string;
  readonly [field: string]: unknown;
}

export interface PlaidSettings {
  readonly environment: 'production' | 'sandbox';
  /** Fetches verification keys (default the global one). */
  readonly fetch?: Fetch;
}

const answer = z.object({
  key: jsonWebKeySchema.extend({ expired_at: z.number().nullish() }),
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One key at a time, asked for by its id with the credentials of the API client. */
function plaidKeys({ environment, fetch = globalThis.fetch }: PlaidSettings): KeySet {
  return fetchedKeys(async (keyId, [credentials = '']) => {
    if (!uuid.test(keyId)) return {};
    const colon = credentials.indexOf(':');
    const text = await fetchTextIfThere(
      `https://${environment}.plaid.com/webhook_verification_key/get`,
      fetch,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_id: credentials.slice(0, colon),
          secret: credentials.slice(colon + 1),
          key_id: keyId,
        }),
      },
    );
    if (text === undefined) return {};
    const { key: jwk } = answer.parse(JSON.parse(text));
    const key = publicKeyOf(jwk);
    if (key === undefined || jwk.kid !== keyId) return {};
    const { expired_at: expiredAt } = jwk;
    return {
      [keyId]: typeof expiredAt === 'number' ? { key, expiresAt: new Date(expiredAt * 1000) } : { key },
    };
  });
}

/** Plaid. Lane: the item. */
export const plaid = presetWith<PlaidSettings, PlaidWebhook>(
  {
    name: 'plaid',
    title: 'Plaid',
    page: 'https://plaid.com/docs/api/webhooks/webhook-verification',
    confidence: 'documentation',
    secret: 'client_id:secret of the API client, with which keys are fetched',
    acknowledgeWithinSeconds: 10,
  },
  (settings) => ({
    verify: jwt({
      name: 'plaid',
      from: 'header:plaid-verification',
      algorithm: 'ES256',
      keys: plaidKeys(settings),
      keysNeedSecret: true,
      maxAgeSeconds: 300,
      bodySha256: 'request_body_sha256',
    }),
    // Plaid says the same of an item again and again; each time in a token of its own, which is another one in a retry too.
    id: bodyHash({ headers: ['plaid-verification'] }),
    type: ({ body }) => `${body.webhook_type}.${body.webhook_code}`,
    lane: 'item_id',
  }),
);
