import type { AuditItem, Event } from '../api/wire.ts';
import { duration } from '../words/time.tsx';

/** What an event went through, one span after the other. */
export interface Span {
  readonly kind: 'attempt' | 'good' | 'bad' | 'queued' | 'waits' | 'rests';
  readonly words: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** It has not ended yet: `to` is now. */
  readonly isOpen: boolean;
  readonly notes: readonly Note[];
}

/** What happened beside: a duplicate, a refusal, a dead letter. */
interface Note {
  readonly what: AuditItem['what'];
  readonly at: number;
}

const beside: ReadonlySet<AuditItem['what']> = new Set([
  'duplicate',
  'rejected',
  'released',
  'dead-lettered',
  'fenced',
  'refused',
]);

/** Draws an audit in time. What came in beside is put into the span that it fell in. */
export function storyOf(items: readonly AuditItem[], state: Event['state'], now: number): readonly Span[] {
  const steps = items.filter(({ what }) => !beside.has(what));
  const notes = items
    .filter(({ what }) => beside.has(what))
    .map(({ what, at }) => ({ what, at: Date.parse(at) }));
  const spans = steps.flatMap((step, index): readonly Omit<Span, 'notes'>[] => {
    const next = steps[index + 1];
    const from = Date.parse(step.at);
    const to = Math.max(from, next === undefined ? now : Date.parse(next.at));
    const isOpen = next === undefined;
    const span = spanAfter(step, next);
    return span === undefined || (isOpen && isOver(state)) ? [] : [{ ...span, from, to, isOpen }];
  });
  return spans.map((span, index) => ({
    ...span,
    notes: notes.filter(
      ({ at }) =>
        (index === 0 || at >= span.from) &&
        (index === spans.length - 1 || at < (spans[index + 1]?.from ?? now)),
    ),
  }));
}

const isOver = (state: Event['state']): boolean =>
  ['processed', 'ignored', 'superseded', 'discarded', 'resolved'].includes(state);

type Drawn = Pick<Span, 'kind' | 'words'>;

/** What the time after a step was spent with. Where there is nothing, it was over. */
const after: Readonly<Partial<Record<AuditItem['what'], Drawn>>> = {
  accepted: { kind: 'queued', words: 'in the queue' },
  retried: { kind: 'waits', words: 'until the next attempt' },
  waiting: { kind: 'waits', words: 'waits in its lane' },
  failed: { kind: 'rests', words: 'failed, rests' },
  quarantined: { kind: 'rests', words: 'quarantined, rests' },
  redriven: { kind: 'queued', words: 'redriven, in the queue' },
  replayed: { kind: 'queued', words: 'replayed, in the queue' },
  reopened: { kind: 'queued', words: 'reopened, in the queue' },
};

/** How an attempt ended, by what came next. Where there is nothing, it ended without a word. */
const ends: Readonly<Partial<Record<AuditItem['what'], Drawn>>> = {
  processed: { kind: 'good', words: 'processed' },
  ignored: { kind: 'good', words: 'ignored' },
  superseded: { kind: 'good', words: 'superseded' },
  waiting: { kind: 'attempt', words: 'asked to wait' },
  retried: { kind: 'bad', words: 'failed' },
  failed: { kind: 'bad', words: 'failed' },
  quarantined: { kind: 'bad', words: 'quarantined' },
};

function spanAfter(step: AuditItem, next: AuditItem | undefined): Drawn | undefined {
  if (step.what !== 'started') return after[step.what];
  const attempt = step.attempt === undefined ? 'attempt' : `attempt ${step.attempt}`;
  if (next === undefined) return { kind: 'attempt', words: `${attempt}, running` };
  const { kind, words } = ends[next.what] ?? { kind: 'bad', words: 'ended without a word' };
  return { kind, words: `${attempt}: ${words}` };
}

/** Wider the longer it took: by its logarithm, since a story has milliseconds and days in it. */
export const widthOf = ({ from, to }: Pick<Span, 'from' | 'to'>): number =>
  1 + Math.log10(1 + (to - from) / 10);

export const lengthOf = ({ from, to, isOpen }: Span): string =>
  `${duration(to - from)}${isOpen ? ' so far' : ''}`;

/** Where in its span a note is, from 0 to 1. */
export const placeOf = ({ from, to }: Span, { at }: Note): number =>
  to > from ? Math.min(Math.max((at - from) / (to - from), 0), 1) : 0.5;
