import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { eventHref } from '../address.ts';
import type { Event, EventSummary, Lane } from '../api/wire.ts';
import { State } from '../words/state.tsx';
import { Time } from '../words/time.tsx';
import { whyWaits } from './why-waits.ts';

/** A lane as it is: what is done, then who has the turn, behind it those that wait, in their order. */
export function LaneDrawing({
  lane,
  source,
  highlighted,
  neighbours = [],
}: {
  readonly lane: Lane;
  readonly source: string;
  /** The event that is being looked at. */
  readonly highlighted?: Pick<Event, 'eventId' | 'state'>;
  /** Of the lane, in their order: those of them that are done stand in front. */
  readonly neighbours?: readonly EventSummary[];
}) {
  const { turn, waiting = 0, firstWaiting = [] } = lane;
  const drawn = new Set([...firstWaiting, ...(turn ? [turn] : [])].map(({ eventId }) => eventId));
  const done = neighbours.filter(({ eventId, state }) => !drawn.has(eventId) && state !== 'waiting');
  const more = waiting - firstWaiting.length;
  const isFurtherBehind =
    highlighted?.state === 'waiting' && more > 0 && !drawn.has(highlighted.eventId) && turn !== undefined;
  const placeOf = (eventId: string, look: string, words: ReactNode) => (
    <li
      key={eventId}
      className={`place ${look} ${eventId === highlighted?.eventId ? 'place-this' : ''}`}
      data-place={eventId}
    >
      {eventId === highlighted?.eventId ? (
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
      {(done.length > 0 || drawn.size > 0) && (
        <ol className="lane" aria-label="The lane, in its order" tabIndex={0}>
          {done.map(({ eventId, state }) => placeOf(eventId, 'place-done', <State state={state} />))}
          {turn &&
            placeOf(
              turn.eventId,
              lane.state === 'held' ? 'place-held' : 'place-turn',
              <>
                {lane.state === 'stopped' ? 'has the turn, waits at the gate' : 'has the turn'}
                <br />
                <State state={turn.state} />
              </>,
            )}
          {firstWaiting.map((one, place) => {
            const { eventId, type, sequence, version, until } = one;
            return placeOf(
              eventId,
              'place-waits',
              <>
                {whyWaits(one, place, lane)} · {type}
                {sequence !== undefined && ` · number ${sequence}`}
                {version !== undefined && ` · version ${version}`}
                {until !== undefined && (
                  <>
                    {' '}
                    · until <Time at={until} />
                  </>
                )}
              </>,
            );
          })}
          {isFurtherBehind &&
            placeOf(highlighted.eventId, 'place-waits', 'further behind, waits for its turn')}
          {more > 0 && (
            <li className="place place-waits">
              {isFurtherBehind ? 'one of' : 'and'} {more.toLocaleString()} more
            </li>
          )}
        </ol>
      )}
    </SpaceBetween>
  );
}

/** What is the matter with a lane, in words. */
export function LaneSentence({ lane }: { readonly lane: Lane }) {
  const { state, turn, waiting = 0, deadline, next, stoppedSince } = lane;
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
          <strong>Stopped.</strong> The source is paused, or its destination away: {turn?.eventId} runs first
          when that is over; {those} behind it.
          {stoppedSince !== undefined && (
            <>
              {' '}
              It stands since <Time at={stoppedSince} isRelative />.
            </>
          )}
        </>
      );
    case 'gap':
      return (
        <>
          <strong>A gap.</strong> {those} for {next === undefined ? 'what comes before' : `number ${next}`}.
          {until && <> The wait ends at {until}.</>}
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
