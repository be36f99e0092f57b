import { answerWith } from '../../api/answer.ts';
import { bodyHash } from '../../sources/event-keys.ts';
import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import { discordSignature } from '../discord-interactions/signature.ts';

export interface DiscordEvent {
  readonly application_id: string;
  readonly type: number;
  readonly event: {
    /** `APPLICATION_AUTHORIZED`, `ENTITLEMENT_CREATE`, … */
    readonly type: string;
    readonly timestamp: string;
    readonly data?: {
      readonly id?: string;
      readonly user?: { readonly id: string; readonly [field: string]: unknown };
      readonly [field: string]: unknown;
    };
  };
  readonly [field: string]: unknown;
}

/** Discord wants a content type even where there is no content. */
const noContent = { status: 204, headers: { 'content-type': 'application/json' } };

/** Discord's webhook events. Lane: what the event is about, else the user. */
export const discordEvents = preset<DiscordEvent>(
  {
    name: 'discord-events',
    title: 'Discord events',
    page: 'https://discord.com/developers/docs/events/webhook-events',
    confidence: 'library',
    secret: 'the public key of the application (hex)',
    acknowledgeWithinSeconds: 3,
    version: 'event.timestamp',
  },
  {
    // Discord tries for ten minutes.
    verify: discordSignature(900),
    handshakes: [ping('ping', { 'field:type': '0' }, noContent)],
    // Every event says when it happened, to the microsecond.
    id: bodyHash(),
    type: 'event.type',
    lane: ({ body: { event } }) => event.data?.id ?? event.data?.user?.id,
    respond: answerWith(noContent),
  },
);
