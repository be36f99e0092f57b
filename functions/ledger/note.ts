import * as z from 'zod';
import { noteSortKey, type EventKey } from './keys.ts';

/** An audit item without a number: it says what happened, and changes no state. */
const noteSchema = z.object({
  at: z.coerce.date(),
  actor: z.string(),
  what: z.enum(['duplicate', 'fenced', 'refused', 'late-copy', 'released']),
  reason: z.string().optional(),
  /** Of a duplicate: whether its body was the stored one, and what it was answered. */
  sameBody: z.boolean().optional(),
  answered: z.string().optional(),
  attempt: z.number().optional(),
  correlationId: z.string().optional(),
});

export type Note = z.infer<typeof noteSchema>;
export type NewNote = Omit<Note, 'at'>;

export const parseNote = (item: Record<string, unknown>): Note => noteSchema.parse(item);

export const toNoteItem = (key: EventKey, note: Note, id: string): Record<string, unknown> => ({
  pk: key,
  sk: noteSortKey(note.at, id),
  ...note,
  at: note.at.toISOString(),
});
