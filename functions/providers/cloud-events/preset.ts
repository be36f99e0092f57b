import type { WebhookEvent } from '../../api/handler.ts';
import type { Handshake } from '../../handshakes/handshake.ts';
import { isText, lookUp } from '../../body/path.ts';
import { presetWith } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';
import { bearer } from '../../signatures/bearer.ts';
import { any } from '../../signatures/combine.ts';

export interface CloudEventsSettings {
  /** Whom to allow to send: the DNS names by which senders introduce themselves. */
  readonly allowedOrigins: readonly string[];
  /** Requests a minute a sender may make (default: as many as it asks for). */
  readonly allowedRatePerMinute?: number;
}

/** In the structured mode the whole event; in the binary mode its data alone, the rest in `ce-` headers. */
export interface CloudEvent {
  readonly specversion?: string;
  readonly id?: string;
  readonly source?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly time?: string;
  readonly data?: unknown;
  readonly [attribute: string]: unknown;
}

/** From the header in the binary mode, from the body in the structured one; never mixed. */
function attribute(
  { headers, body }: Pick<WebhookEvent, 'headers' | 'body'>,
  name: string,
): string | undefined {
  if (headers['ce-id'] !== undefined) return headers[`ce-${name}`];
  const value = lookUp(body, name);
  return isText(value) ? value : undefined;
}

/** Without these headers in the answer the sender must not send. */
function permission({ allowedOrigins, allowedRatePerMinute }: CloudEventsSettings): Handshake {
  return {
    name: 'permission',
    method: 'OPTIONS',
    isSigned: false,
    respond(view) {
      const origin = view.header('webhook-request-origin');
      if (origin === undefined) return undefined;
      if (!allowedOrigins.includes(origin)) return { kind: 'refused' };
      const rate = allowedRatePerMinute === undefined ? '*' : String(allowedRatePerMinute);
      const headers = { allow: 'POST', 'webhook-allowed-origin': origin, 'webhook-allowed-rate': rate };
      return { kind: 'answer', answer: { status: 200, headers } };
    },
  };
}

/** CloudEvents over HTTP: structured, batched or binary. Lane: the subject at its source. */
export const cloudEvents = presetWith<CloudEventsSettings, CloudEvent>(
  {
    name: 'cloud-events',
    title: 'CloudEvents',
    page: 'https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md',
    confidence: 'documentation',
    secret: 'the access token, sent as Bearer or as the query parameter access_token',
    unsigned: 'everything: a token says who calls, not what was sent',
    version: (e) => attribute(e, 'time'),
  },
  (settings) => ({
    verify: any(bearer(), apiKey({ query: 'access_token' })),
    handshakes: [permission(settings)],
    split: (body, headers) => (Array.isArray(body) && headers['ce-id'] === undefined ? body : undefined),
    // A source is a URI and holds no space, so that no two pairs share a key.
    id: (e) => pair(attribute(e, 'source'), attribute(e, 'id')),
    type: (e) => attribute(e, 'type'),
    lane: (e) => pair(attribute(e, 'source'), attribute(e, 'subject')),
  }),
);

function pair(source: string | undefined, name: string | undefined): string | undefined {
  return source === undefined || name === undefined ? undefined : `${source} ${name}`;
}
