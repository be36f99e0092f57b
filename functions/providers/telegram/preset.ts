import { joined, windowOf } from '../../sources/event-keys.ts';
import { isObject, lookUp } from '../../body/path.ts';
import { preset } from '../preset.ts';
import { apiKey } from '../../signatures/api-key.ts';

/** One of the other members holds the update: `message`, `callback_query`, … */
export interface TelegramUpdate {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

/** The name of what stands beside the id. */
function kind(body: TelegramUpdate): string | undefined {
  return Object.keys(body).find((key) => key !== 'update_id');
}

const chats = ['chat.id', 'message.chat.id', 'from.id', 'user.id', 'user_chat_id'];

/** The chat, else the user. */
function lane({ body }: { body: TelegramUpdate }): string | number | undefined {
  const update = body[kind(body) ?? ''];
  if (!isObject(update)) return undefined;
  const found = chats.map((path) => lookUp(update, path)).find((id) => typeof id === 'number');
  return typeof found === 'number' ? found : undefined;
}

/** Telegram bots, with a secret token. Type: the kind of update. Lane: the chat. */
export const telegram = preset<TelegramUpdate>(
  {
    name: 'telegram',
    title: 'Telegram',
    page: 'https://core.telegram.org/bots/api#setwebhook',
    confidence: 'second-hand',
    secret: 'the secret_token given to setWebhook',
    unsigned: 'everything: a token says who calls, not what was sent',
  },
  {
    verify: apiKey({ header: 'x-telegram-bot-api-secret-token' }),
    // After a week without updates the next number is random: it may be one that was seen before.
    id: ({ body, acceptedAt }) => joined(body.update_id, windowOf(acceptedAt, 7 * 24 * 3600)),
    type: ({ body }) => kind(body),
    lane,
  },
);
