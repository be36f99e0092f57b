import * as z from 'zod';
import { pageOf, time } from './wire.ts';

const attentionItemSchema = z
  .object({
    source: z.string(),
    eventId: z.string().optional().meta({
      description: 'Absent, with the lane, where it is about the source as a whole',
    }),
    lane: z.string().optional(),
    reason: z.string(),
    at: time.optional().meta({ description: 'Absent where the item cannot be read' }),
  })
  .meta({ description: 'What needs somebody, and why' });

export const attentionSchema = pageOf(attentionItemSchema).extend({
  more: z.boolean().meta({ description: 'There are others: as `cursor` says' }),
});
