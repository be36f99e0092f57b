import { typeform } from './preset.ts';
import type { Sample } from '../sample.ts';

export const typeformSample: Sample = {
  source: typeform(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: (now) => ({
    body: JSON.stringify({
      event_id: 'LtWXD3crgy',
      event_type: 'form_response',
      form_response: {
        form_id: 'lT4Z3j',
        token: 'a3a12ec67a1365927098a606107fac15',
        submitted_at: now.toISOString(),
        answers: [{ type: 'text', text: 'Schön' }],
      },
    }),
  }),
  events: [{ eventId: 'LtWXD3crgy', type: 'form_response', lane: 'a3a12ec67a1365927098a606107fac15' }],
};
