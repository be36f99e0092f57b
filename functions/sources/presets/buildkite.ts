import { bodyHash } from '../event-keys.ts';
import { ping } from '../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

export interface BuildkiteEvent {
  /** `build.finished`, `job.started`, `agent.connected`, … */
  readonly event: string;
  readonly build?: {
    readonly id: string;
    readonly number: number;
    readonly state: string;
    readonly [field: string]: unknown;
  };
  readonly agent?: { readonly id: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** Buildkite, with its token sent as a signature. Lane: the build, else the agent. */
export const buildkite = preset<BuildkiteEvent>(
  {
    name: 'buildkite',
    title: 'Buildkite',
    page: 'https://buildkite.com/docs/apis/webhooks/pipelines',
    confidence: 'second-hand',
    secret: 'the token of the notification service',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-buildkite-signature',
      shape: { kind: 'list', separator: ',', signature: 'signature' },
      encoding: 'hex',
      signed: '{timestamp}.{body}',
      timestamp: { from: 'signature:timestamp', unit: 's' },
    }),
    handshakes: [ping('ping', { 'field:event': 'ping' })],
    id: bodyHash,
    type: 'event',
    lane: ({ body }) => body.build?.id ?? body.agent?.id,
  },
);
