import type { AuditItem, Event } from '../api/wire.ts';
import { useNow } from '../words/time.tsx';
import { lengthOf, placeOf, storyOf, widthOf } from './story.ts';

/** Attempts as bars, waits as hatched ones, what came in beside as dots. */
export function StoryDrawing({
  items,
  state,
}: {
  readonly items: readonly AuditItem[];
  readonly state: Event['state'];
}) {
  const spans = storyOf(items, state, useNow());
  return (
    <ol className="story" aria-label="The story, in time" tabIndex={0}>
      {spans.map((span) => (
        <li
          key={`${span.from} ${span.words}`}
          className={`span span-${span.kind}`}
          style={{ flexGrow: widthOf(span) }}
        >
          <div className="span-notes">
            {span.notes.map((note) => (
              <span
                key={`${note.at} ${note.what}`}
                className={`note ${lookOf(note.what)}`}
                style={{ insetInlineStart: `${8 + placeOf(span, note) * 84}%` }}
                title={note.what}
              >
                <span className="visually-hidden">{note.what}</span>
              </span>
            ))}
          </div>
          <div className="span-bar" aria-hidden="true" />
          <div className="span-words">
            {span.words}
            <br />
            <span className="quiet">{lengthOf(span)}</span>
          </div>
        </li>
      ))}
    </ol>
  );
}

function lookOf(what: AuditItem['what']): string {
  if (what === 'released') return 'note-operator';
  return what === 'duplicate' ? '' : 'note-bad';
}
