import { supabase } from './preset.ts';
import type { Sample } from '../sample.ts';

export const supabaseSample: Sample = {
  source: supabase(),
  key: { secret: 'v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      user: { id: 'u1', email: 'jürgen@example.com' },
      email_data: { token: '305805', email_action_type: 'signup' },
    }),
    headers: { 'webhook-id': 'msg_1' },
  }),
  events: [{ eventId: 'msg_1', type: 'email.signup', lane: 'u1' }],
};
