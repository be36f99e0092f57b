import { workos } from './preset.ts';
import type { Sample } from '../sample.ts';

export const workosSample: Sample = {
  source: workos(),
  key: { secret: 'lkOOqUB6e8FHGNjH64I8' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      id: 'wh_01FMXJ2W7T9VY7EAHHMBF2K07Y',
      event: 'dsync.user.updated',
      created_at: now.toISOString(),
      data: {
        id: 'directory_user_01E1X1B89NH8Z3SDFJR4H7RGX7',
        state: 'active',
        updated_at: now.toISOString(),
      },
    }),
  }),
  events: [
    {
      eventId: 'wh_01FMXJ2W7T9VY7EAHHMBF2K07Y',
      type: 'dsync.user.updated',
      lane: 'directory_user_01E1X1B89NH8Z3SDFJR4H7RGX7',
    },
  ],
};
