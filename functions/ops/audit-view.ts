import * as z from 'zod';
import type { Entry } from '../ledger/entry.ts';
import type { StoredEvent } from '../ledger/event.ts';
import type { NotedRecord } from '../ledger/ledger.ts';
import type { Note } from '../ledger/note.ts';
import { reasonOf } from './event-view.ts';
import { time } from './wire.ts';

/** The one list of what an audit can say. */
const auditWhats = [
  'accepted',
  'duplicate',
  'rejected',
  'waiting',
  'started',
  'processed',
  'ignored',
  'retried',
  'failed',
  'quarantined',
  'superseded',
  'reopened',
  'redriven',
  'replayed',
  'discarded',
  'resolved',
  'released',
  'dead-lettered',
  'fenced',
  'refused',
  // Of a source.
  'paused',
  'tripped',
  'reset',
  'resumed',
  // Of a job, which is paused, too.
  'planned',
  'run',
  'cancelled',
] as const;
export type AuditWhat = (typeof auditWhats)[number];

/** One decision about an event. What is undefined is left out. */
const auditItemSchema = z
  .object({
    at: time,
    what: z.enum(auditWhats),
    actor: z.string().meta({ description: "A function, or an operator's identity" }),
    attempt: z.int().optional(),
    generation: z.int().optional(),
    reason: z.string().optional(),
    correlationId: z.string().optional(),
    sender: z.string().optional().meta({
      description: 'Of what came in: the ARN of whoever signed it for IAM',
    }),
    lacks: z.array(z.string()).optional().meta({
      description:
        'Of an acceptance: what of type, lane and version the event lacked although its source names where it stands',
    }),
    durationMs: z.number().optional().meta({ description: 'Of an attempt that ended' }),
    nextAt: time.optional().meta({ description: 'When a retry is due' }),
    result: z.unknown().optional(),
    sameBody: z.boolean().optional().meta({
      description: 'Of a duplicate: whether its body was the stored one',
    }),
    answered: z.string().optional().meta({ description: 'Of a duplicate: what it was answered' }),
  })
  .meta({ description: 'One decision about an event, a source or a job' });

export type AuditItem = z.output<typeof auditItemSchema>;

export const auditSchema = z.object({
  items: z.array(auditItemSchema).meta({ description: 'Oldest first' }),
  more: z.boolean().meta({ description: 'There are older ones, which no answer holds' }),
});

/** An item, and where it stands in the story. */
interface Placed {
  readonly time: number;
  readonly item: AuditItem;
}

/** The whole story of an event, oldest first. */
export function auditView({ event, entries, notes }: NotedRecord): readonly AuditItem[] {
  const story = [
    ...(event ? [place(accepted(event))] : []),
    ...inOrder(entries, event),
    ...notes.map((note) => place(noted(note))),
  ];
  // Sorting is stable: of one time, the acceptance comes first and notes last.
  return story.sort((a, b) => a.time - b.time).map(({ item }) => item);
}

const place = (item: AuditItem): Placed => ({ time: item.at.getTime(), item });

const accepted = ({ acceptedAt, correlationId, sender, lacks }: StoredEvent): AuditItem => ({
  at: acceptedAt,
  what: 'accepted',
  actor: 'ingest',
  correlationId,
  sender,
  lacks,
});

/** Bodies are kept a week at least: an event that is younger than its first entry by more than this is a copy that came after that. */
const lateCopyMs = 24 * 3600 * 1000;

/** Entries follow each other and their acceptance by their numbers, even where the clocks of two workers disagree. */
function inOrder(entries: readonly Entry[], event: StoredEvent | undefined): readonly Placed[] {
  const acceptedAt = event?.acceptedAt.getTime() ?? 0;
  const isLateCopy = acceptedAt - (entries[0]?.at.getTime() ?? 0) > lateCopyMs;
  let time = isLateCopy ? 0 : acceptedAt;
  return entries.flatMap((entry) => {
    time = Math.max(time, entry.at.getTime());
    const at = time;
    return entered(entry).map((item) => ({ time: at, item }));
  });
}

function entered(entry: Entry): readonly AuditItem[] {
  const { at, actor, attempt, generation } = entry;
  const item = { at, actor, attempt, generation, reason: reasonOf(entry) };
  switch (entry.state) {
    case 'processing':
      return [{ ...item, what: 'started' }];
    case 'retrying':
      return [{ ...item, what: 'retried', nextAt: entry.nextAt, durationMs: entry.durationMs }];
    case 'reopened':
      return [{ ...item, what: reopenings[entry.by] }];
    case 'processed':
      return [{ ...item, what: 'processed', durationMs: entry.durationMs, result: entry.result }];
    case 'ignored':
    case 'failed':
      return [{ ...item, what: entry.state, durationMs: entry.durationMs }];
    case 'waiting':
    case 'superseded':
    case 'quarantined':
    case 'discarded':
    case 'resolved':
      return [{ ...item, what: entry.state }];
  }
}

const reopenings = { redelivery: 'reopened', redrive: 'redriven', replay: 'replayed' } as const;

function noted(note: Note): AuditItem {
  const { at, actor, attempt, reason, correlationId, sender, sameBody, answered } = note;
  const what = note.what === 'late-copy' ? 'duplicate' : note.what;
  return { at, what, actor, attempt, reason, correlationId, sender, sameBody, answered };
}
