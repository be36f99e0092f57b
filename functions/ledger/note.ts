import * as z from 'zod';
import { readable } from './unreadable.ts';

/** An audit item without a number: it says what happened, and changes no state. */
const noteSchema = z.object({
  at: z.coerce.date(),
  actor: z.string(),
  what: z.enum([
    'duplicate',
    'fenced',
    'refused',
    'late-copy',
    'released',
    'dead-lettered',
    'paused',
    'resumed',
    'planned',
    'run',
    'cancelled',
    'tripped',
    'reset',
  ]),
  reason: z.string().optional(),
  /** Of a duplicate: whether its body was the stored one, and what it was answered. */
  sameBody: z.boolean().optional(),
  answered: z.string().optional(),
  attempt: z.number().optional(),
  correlationId: z.string().optional(),
  /** Of a duplicate: the ARN of whoever signed it for IAM. */
  sender: z.string().optional(),
  /** Of a dead letter: they tell a letter that an operator moved back from one that was sent twice. */
  copy: z.string().optional(),
  messageId: z.string().optional(),
});

export type Note = z.infer<typeof noteSchema>;
export type NewNote = Omit<Note, 'at'>;

/** @throws {UnreadableItem} */
export const parseNote = (item: Record<string, unknown>): Note => readable(noteSchema, item);
