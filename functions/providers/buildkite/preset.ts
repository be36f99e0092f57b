import { bodyHash } from '../../sources/event-keys.ts';
import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { any } from '../../signatures/combine.ts';
import { hmac } from '../../signatures/hmac.ts';
import { token } from '../../signatures/token.ts';

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

/** Buildkite, with its token sent as a signature, or as it is, which says nothing of the body. Lane: the build, else the agent. */
export const buildkite = preset<BuildkiteEvent>(
  {
    name: 'buildkite',
    title: 'Buildkite',
    page: 'https://buildkite.com/docs/apis/webhooks/pipelines',
    confidence: 'documentation',
    secret: 'the token of the notification service',
    unsigned: 'everything, where the token is sent as it is',
  },
  {
    verify: any(
      hmac({
        algorithm: 'sha256',
        header: 'x-buildkite-signature',
        shape: { kind: 'list', separator: ',', signature: 'signature' },
        encoding: 'hex',
        signed: '{timestamp}.{body}',
        // Buildkite does not say whether it signs a retry anew.
        timestamp: { from: 'signature:timestamp', unit: 's', toleranceSeconds: 3600, futureSeconds: 300 },
      }),
      token({ name: 'buildkite-token', from: 'header:x-buildkite-token' }),
    ),
    handshakes: [ping('ping', { 'field:event': 'ping' })],
    // Builds, jobs and agents come with the times of their states.
    id: bodyHash(),
    type: 'event',
    lane: ({ body }) => body.build?.id ?? body.agent?.id,
  },
);
