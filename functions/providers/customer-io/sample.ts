import { customerIo } from './preset.ts';
import type { Sample } from '../sample.ts';

export const customerIoSample: Sample = {
  source: customerIo(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      event_id: '01E4C4CT6YDC7Y5M7FE1GWWPQJ',
      object_type: 'email',
      metric: 'opened',
      timestamp: 1772366400,
      data: { customer_id: '42', identifiers: { id: '42', cio_id: 'd9c1' } },
    }),
  }),
  events: [{ eventId: '01E4C4CT6YDC7Y5M7FE1GWWPQJ', type: 'email.opened', lane: 'd9c1' }],
};
