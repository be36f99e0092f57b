import { telegram } from './preset.ts';
import { withHeader } from '../../signatures/with-header.ts';
import type { Sample } from '../sample.ts';

export const telegramSample: Sample = {
  source: telegram(),
  key: { secret: 'A_secret_token_of_your_own' },
  covers: 'nothing',
  request: (now) => ({
    body: JSON.stringify({
      update_id: 10000,
      message: {
        message_id: 1365,
        date: Math.floor(now.getTime() / 1000),
        chat: { id: -1001111111, type: 'supergroup' },
        from: { id: 1111111, first_name: 'Ü' },
        text: '/start',
      },
    }),
  }),
  sign: (request, { secret }) => withHeader(request, 'x-telegram-bot-api-secret-token', secret),
  events: [{ type: 'message', lane: '-1001111111' }],
};
