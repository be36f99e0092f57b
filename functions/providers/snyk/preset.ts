import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface SnykEvent {
  readonly project?: { readonly id?: string; readonly [field: string]: unknown };
  readonly newIssues?: readonly unknown[];
  readonly removedIssues?: readonly unknown[];
  readonly [field: string]: unknown;
}

/** Snyk. Lane: the project. */
export const snyk = preset<SnykEvent>(
  {
    name: 'snyk',
    title: 'Snyk',
    page: 'https://docs.snyk.io/snyk-api/snyk-webhooks/verify-the-payload',
    confidence: 'second-hand',
    secret: 'the secret of the webhook',
    unsigned: 'the delivery id and the name of the event (headers)',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-hub-signature', prefix: 'sha256=', encoding: 'hex' }),
    handshakes: [ping('ping', { 'header:x-snyk-event': 'ping/v0' })],
    id: 'header:X-Snyk-Transport-ID',
    type: 'header:X-Snyk-Event',
    lane: 'project.id',
  },
);
