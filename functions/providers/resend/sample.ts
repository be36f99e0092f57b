import { resend } from './preset.ts';
import type { Sample } from '../sample.ts';

export const resendSample: Sample = {
  source: resend(),
  key: { secret: 'whsec_plJ3nmyCDGBKInavdOK15jsl1234Zz09' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      type: 'email.delivered',
      created_at: now.toISOString(),
      data: { email_id: '56761188-7520-42d8-8898-ff6fc54ce618', subject: 'Grüße' },
    }),
    headers: { 'svix-id': 'msg_30w83sxmDNGwOuEthce5gg56FcC' },
  }),
  events: [
    {
      eventId: 'msg_30w83sxmDNGwOuEthce5gg56FcC',
      type: 'email.delivered',
      lane: '56761188-7520-42d8-8898-ff6fc54ce618',
    },
  ],
};
