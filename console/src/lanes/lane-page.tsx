import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { href, type Place, listHref } from '../address.ts';
import { inPath } from '../api/operations-api.ts';
import { useReading } from '../api/use-reading.ts';
import type { Event, Lane, SourceState } from '../api/wire.ts';
import { ActionList } from '../event/action-list.tsx';
import { AsWritten } from '../words/as-written.tsx';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { stopWords, StopStory } from '../sources/stop-words.tsx';
import { stopsOf } from '../sources/stops.ts';
import { useNow } from '../words/time.tsx';
import { LaneDrawing } from './lane-drawing.tsx';
import { useNeighbours } from './use-neighbours.ts';

const everyMs = 2000;

/** A state names one thing, and a pause hides a breaker that has tripped as well. */
const standsAt = (gate: SourceState | undefined) =>
  gate === undefined ? {} : { breaker: gate.breaker, ...(gate.state === 'paused' && { paused: gate }) };

export default function LanePage({ place }: { readonly place: Place }) {
  const [, source = '', entity = ''] = place.parts;
  const lane = useReading<Lane>(`ops/lanes/${inPath(source)}/${inPath(entity)}`, everyMs);
  const inFront = lane.value?.turn?.eventId;
  const event = useReading<Event>(
    inFront === undefined ? undefined : `ops/events/${inPath(source)}/${inPath(inFront)}`,
    everyMs,
  );

  const gate = useReading<SourceState>(
    lane.value?.state === 'stopped' ? `ops/sources/${inPath(source)}` : undefined,
    everyMs,
  );
  const neighbours = useNeighbours(event.value, everyMs);
  const now = useNow();

  if (lane.problem !== undefined) return <ProblemAlert problem={lane.problem} />;
  if (lane.value === undefined) return <Loading what="the lane" />;
  const { next, latest, done } = lane.value;
  const memory = [
    ...(next === undefined ? [] : [{ label: 'Runs next', value: `number ${next}` }]),
    ...(latest === undefined ? [] : [{ label: 'Version of the last one processed', value: latest }]),
    ...(done === undefined ? [] : [{ label: 'Types that have happened', value: done.join(', ') }]),
  ];
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={source}
        actions={<Link href={listHref('events', { lane: lane.value.lane })}>All events of this lane</Link>}
      >
        <AsWritten text={entity} />
      </Header>
      <Container header={<Header variant="h2">Now</Header>}>
        <SpaceBetween size="m">
          <LaneDrawing lane={lane.value} source={source} neighbours={neighbours.events} />
          {stopsOf(standsAt(gate.value), now).map((stop) => (
            <div key={stop.kind}>
              <Link href={href(['sources', source])}>
                {source}: {stopWords[stop.kind].name.toLowerCase()}
              </Link>
              . <StopStory stop={stop} />
            </div>
          ))}
          {memory.length > 0 && <KeyValuePairs columns={3} items={memory} />}
        </SpaceBetween>
      </Container>
      {event.value !== undefined && (
        <Container header={<Header variant="h2">What you can do with {event.value.eventId}</Header>}>
          <ActionList
            event={event.value}
            lane={lane.value}
            done={() => {
              lane.again();
              event.again();
            }}
          />
        </Container>
      )}
    </SpaceBetween>
  );
}
