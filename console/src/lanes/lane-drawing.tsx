import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { eventHref } from '../address.ts';
import type { Lane } from '../api/wire.ts';
import { State } from '../words/state.tsx';
import { Time } from '../words/time.tsx';

/** A lane as it is: who has the turn in front, behind it those that wait, in their order. */
export function LaneDrawing({
  lane,
  source,
  highlighted,
}: {
  readonly lane: Lane;
  readonly source: string;
  /** The event that is being looked at. */
  readonly highlighted?: string;
}) {
  const { turn, waiting = 0, firstWaiting = [] } = lane;
  const placeOf = (eventId: string, look: string, words: ReactNode) => (
    <li
      key={eventId}
      className={`place ${look} ${eventId === highlighted ? 'place-this' : ''}`}
      data-place={eventId}
    >
      {eventId === highlighted ? (
        <strong>{eventId}</strong>
      ) : (
        <Link href={eventHref(source, eventId)}>{eventId}</Link>
      )}
      <div className="place-words">{words}</div>
    </li>
  );
  return (
    <SpaceBetween size="s">
      <div data-lane-state={lane.state}>
        <LaneSentence lane={lane} />
      </div>
      {(turn !== undefined || firstWaiting.length > 0) && (
        <ol className="lane" aria-label="The lane, in its order" tabIndex={0}>
          {turn &&
            placeOf(
              turn.eventId,
              lane.state === 'held' ? 'place-held' : 'place-turn',
              <>
                has the turn
                <br />
                <State state={turn.state} />
              </>,
            )}
          {firstWaiting.map(({ eventId, type, sequence, version }) =>
            placeOf(
              eventId,
              'place-waits',
              <>
                waits · {type}
                {sequence !== undefined && ` · number ${sequence}`}
                {version !== undefined && ` · version ${version}`}
              </>,
            ),
          )}
          {waiting > firstWaiting.length && (
            <li className="place place-waits">and {(waiting - firstWaiting.length).toLocaleString()} more</li>
          )}
        </ol>
      )}
    </SpaceBetween>
  );
}

/** What is the matter with a lane, in words. */
export function LaneSentence({ lane }: { readonly lane: Lane }) {
  const { state, turn, waiting = 0, deadline, next } = lane;
  const those =
    waiting === 0
      ? 'nothing waits'
      : waiting === 1
        ? '1 event waits'
        : `${waiting.toLocaleString()} events wait`;
  const until = deadline !== undefined && <Time at={deadline} isRelative />;
  switch (state) {
    case 'held':
      return (
        <>
          <strong>Held.</strong> {turn?.eventId} rests and keeps the turn; {those} behind it.
          {until && <> The hold ends at {until}.</>}
        </>
      );
    case 'turn':
      return (
        <>
          <strong>At work.</strong> {turn?.eventId} has the turn; {those} behind it.
        </>
      );
    case 'stopped':
      return (
        <>
          <strong>Stopped.</strong> The source is paused: {turn?.eventId} runs first when it is resumed;{' '}
          {those} behind it.
        </>
      );
    case 'gap':
      return (
        <>
          <strong>A gap.</strong> {those} for {next === undefined ? 'what comes before' : `number ${next}`}.
          {until && <> They wait until {until}.</>}
        </>
      );
    case 'remembering':
    case 'open':
      return (
        <>
          <strong>Open.</strong> Nobody waits; the next event of it runs at once.
        </>
      );
  }
}
