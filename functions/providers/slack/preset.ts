import { bodyHash, joined } from '../../sources/event-keys.ts';
import { echo } from '../../handshakes/echo.ts';
import { isText, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

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
    /** An object where it is the channel itself that the event is about. */
    readonly channel?: string | { readonly id: string; readonly [field: string]: unknown };
    readonly event_ts?: string;
    readonly thread_ts?: string;
    readonly ts?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

const paths = {
  team: ['team_id', 'team.id', 'event.team', 'user.team_id'],
  channel: [
    'event.channel.id',
    'event.channel',
    'event.item.channel',
    'event.channel_id',
    'channel.id',
    'container.channel_id',
    'channel_id',
  ],
  thread: [
    'event.thread_ts',
    'event.message.thread_ts',
    'event.previous_message.thread_ts',
    'container.thread_ts',
    'message.thread_ts',
  ],
};

/** The first that is a text: some events have an object where others have its id. */
const textAt = (body: SlackEvent, places: readonly string[]) =>
  places
    .map((place) => lookUp(body, place))
    .filter(isText)
    .find((found) => found !== '');

function lane({ body }: { body: SlackEvent }) {
  const channel = joined(textAt(body, paths.team), textAt(body, paths.channel));
  const thread = textAt(body, paths.thread);
  return channel && (thread === undefined ? channel : `${channel}/${thread}`);
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
    version: 'event.event_ts',
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
    id: (e) => e.body.event_id ?? e.body.trigger_id ?? bodyHash()(e),
    type: ({ body }) => body.event?.type ?? (body.command === undefined ? body.type : 'command'),
    lane,
  },
);
