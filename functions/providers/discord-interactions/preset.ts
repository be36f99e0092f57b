import { ping } from '../../handshakes/ping.ts';
import { preset } from '../preset.ts';
import type { Answer } from '../../api/answer.ts';
import { discordSignature } from './signature.ts';

export interface DiscordInteraction {
  readonly id: string;
  readonly application_id: string;
  /** 2: command, 3: component, 4: autocomplete, 5: modal. */
  readonly type: number;
  /** For 15 minutes it lets you answer. */
  readonly token: string;
  readonly channel_id?: string;
  readonly guild_id?: string;
  readonly data?: {
    readonly name?: string;
    readonly custom_id?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

const types: Readonly<Record<number, string>> = {
  2: 'application-command',
  3: 'message-component',
  4: 'autocomplete',
  5: 'modal-submit',
};

/** "Later", to whatever was asked; an autocompletion cannot wait and gets no choices. */
function later({ type }: DiscordInteraction): Answer {
  if (type === 4) return { status: 200, body: { type: 8, data: { choices: [] } } };
  return { status: 200, body: { type: type === 3 ? 6 : 5 } };
}

/** Discord's interactions: put off at once, to be answered by the handler through the interaction's token. Lane: the channel. */
export const discordInteractions = preset<DiscordInteraction>(
  {
    name: 'discord-interactions',
    title: 'Discord interactions',
    page: 'https://discord.com/developers/docs/interactions/overview',
    confidence: 'library',
    secret: 'the public key of the application (hex)',
    acknowledgeWithinSeconds: 3,
  },
  {
    verify: discordSignature(300),
    handshakes: [ping('ping', { 'field:type': '1' }, { status: 200, body: { type: 1 } })],
    id: 'id',
    type: ({ body }) => types[body.type] ?? `type-${body.type}`,
    lane: 'channel_id',
    respond: ({ body, standard }) => (standard.status < 300 ? later(body) : standard),
  },
);
