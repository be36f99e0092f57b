import { bodyHash, joined } from '../event-keys.ts';
import { echo } from '../handshakes/echo.ts';
import { preset } from '../preset.ts';
import { hmac } from '../verify/hmac.ts';

/** An event of the Events API, a slash command (a form) or an interaction (JSON in a form). */
export interface SlackEvent {
  readonly type?: string;
  readonly event_id?: string;
  readonly trigger_id?: string;
  readonly command?: string;
  readonly team_id?: string;
  readonly channel_id?: string;
  readonly event?: {
    readonly type: string;
    readonly channel?: string;
    readonly thread_ts?: string;
    readonly ts?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Slack. Lane: the channel of the team, or its thread. */
export const slack = preset<SlackEvent>(
  {
    name: 'slack',
    title: 'Slack',
    page: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
    confidence: 'library',
    secret: 'the signing secret of the app',
    acknowledgeWithinSeconds: 3,
    version: 'event.ts',
  },
  {
    verify: hmac({
      algorithm: 'sha256',
      header: 'x-slack-signature',
      prefix: 'v0=',
      encoding: 'hex',
      signed: 'v0:{timestamp}:{body}',
      timestamp: { from: 'header:x-slack-request-timestamp', unit: 's' },
    }),
    bodyFormats: ['json', 'form:payload', 'form'],
    handshakes: [
      echo({
        name: 'url-verification',
        method: 'POST',
        isSigned: true,
        when: { 'field:type': 'url_verification' },
        echo: 'field:challenge',
      }),
    ],
    id: (e) => e.body.event_id ?? e.body.trigger_id ?? bodyHash(e),
    type: ({ body }) => body.event?.type ?? (body.command === undefined ? body.type : 'command'),
    lane: ({ body: { team_id, channel_id, event } }) =>
      event?.thread_ts === undefined
        ? joined(team_id, event?.channel ?? channel_id)
        : joined(team_id, event.channel, event.thread_ts),
  },
);
