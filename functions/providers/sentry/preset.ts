import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

/** What the payloads share; which resource it is stands in the `Sentry-Hook-Resource` header. */
export interface SentryEvent {
  /** `created`, `resolved`, `triggered`, … */
  readonly action: string;
  readonly installation?: { readonly uuid: string };
  readonly data: {
    readonly issue?: { readonly id: string | number; readonly [field: string]: unknown };
    /** Of an alert. */
    readonly event?: { readonly issue_id?: string | number; readonly [field: string]: unknown };
    readonly error?: { readonly issue_id?: string | number; readonly [field: string]: unknown };
    /** Of a comment. */
    readonly issue_id?: string | number;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** `issue.resolved` */
function type({ headers, body }: { headers: Readonly<Record<string, string>>; body: SentryEvent }) {
  const resource = headers['sentry-hook-resource'];
  return resource && `${resource}.${body.action}`;
}

/**
 * Sentry's integration platform. The request id is a new one where Sentry tries again, which it seldom does; the body is no better an id, since an
 * issue that is resolved for the second time may look the same. Lane: the issue.
 */
export const sentry = preset<SentryEvent>(
  {
    name: 'sentry',
    title: 'Sentry',
    page: 'https://docs.sentry.io/organization/integrations/integration-platform/webhooks/',
    confidence: 'documentation',
    secret: 'the client secret of the integration',
    acknowledgeWithinSeconds: 1,
    unsigned: 'the request id, the resource and the time (headers)',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'sentry-hook-signature', encoding: 'hex' }),
    id: 'header:Request-ID',
    type,
    lane: ({ body: { data } }) =>
      data.issue?.id ?? data.event?.issue_id ?? data.error?.issue_id ?? data.issue_id,
  },
);
