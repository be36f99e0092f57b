import * as z from 'zod';
import type { Breaker } from '../lane/breaker.ts';
import { time } from './wire.ts';

export const breakerSchema = z
  .object({
    failures: z.int().meta({ description: 'In a row' }),
    trippedAt: time.optional(),
    probeAt: time.optional().meta({ description: 'No event is tried before that' }),
    closedUntil: time.optional().meta({ description: 'Its destination asked to wait until then' }),
  })
  .meta({ description: 'Absent where nothing has failed yet' });

/** What operators may know of it. */
export const breakerView = ({ failures, trippedAt, probeAt, closedUntil }: Breaker) => ({
  failures,
  trippedAt,
  probeAt,
  closedUntil,
});
