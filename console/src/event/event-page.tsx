import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { eventHref, href, splitLane, type Place, listHref } from '../address.ts';
import { inPath } from '../api/operations-api.ts';
import { useReading } from '../api/use-reading.ts';
import type { Audit, Event, Lane } from '../api/wire.ts';
import { LaneDrawing } from '../lanes/lane-drawing.tsx';
import { useNeighbours } from '../lanes/use-neighbours.ts';
import { AsWritten } from '../words/as-written.tsx';
import { Empty } from '../words/empty.tsx';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { ActionList } from './action-list.tsx';
import { AuditTable } from './audit-table.tsx';
import { EventFacts } from './event-facts.tsx';
import { PayloadView } from './payload-view.tsx';
import { StoryDrawing } from './story-drawing.tsx';
import { SubscriberTable } from './subscriber-table.tsx';

/** How often an event is looked at: oftener while it is on its way. */
const everyMs = 2000;

export default function EventPage({ place }: { readonly place: Place }) {
  const [, source = '', eventId = ''] = place.parts;
  const path = `ops/events/${inPath(source)}/${inPath(eventId)}`;
  const event = useReading<Event>(path, everyMs);
  const audit = useReading<Audit>(`${path}/audit`, everyMs);
  const lane = useReading<Lane>(lanePath(event.value), everyMs);
  const neighbours = useNeighbours(event.value, everyMs);
  const again = () => {
    event.again();
    audit.again();
    lane.again();
  };

  if (event.problem?.status === 404) {
    return (
      <Empty
        what="There never was such an event"
        next="Ids are told apart to the letter. A sender's retry does not make another event."
      >
        <a href={href([])}>To the overview</a>
      </Empty>
    );
  }
  if (event.problem !== undefined) return <ProblemAlert problem={event.problem} />;
  if (event.value === undefined) return <Loading what="the event" />;

  const { lastError, state, reason, subscriberOf } = event.value;
  const hasFailed = state === 'failed' || state === 'quarantined';
  const items = audit.value?.items ?? [];
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={
          <>
            {event.value.source}
            {subscriberOf !== undefined && (
              <>
                , handed on by{' '}
                <Link href={eventHref(subscriberOf, event.value.eventId)}>the event of {subscriberOf}</Link>
              </>
            )}
          </>
        }
      >
        <AsWritten text={event.value.eventId} />
      </Header>
      {(hasFailed || state === 'retrying') && (
        <Alert
          type={hasFailed ? 'error' : 'warning'}
          header={lastError === undefined ? (reason ?? 'It ended without a word') : lastError.name}
        >
          <div className="as-written code" data-error>
            {lastError?.message ?? reason}
          </div>
        </Alert>
      )}
      <Container header={<Header variant="h2">Story</Header>}>
        <SpaceBetween size="m">
          {audit.isFirst ? <Loading what="the audit" /> : <StoryDrawing items={items} state={state} />}
          <EventFacts event={event.value} />
        </SpaceBetween>
      </Container>
      {event.value.subscribers !== undefined && (
        <Container header={<Header variant="h2">Its subscribers</Header>}>
          <SubscriberTable event={event.value} />
        </Container>
      )}
      <Container header={<Header variant="h2">What you can do</Header>}>
        <ActionList event={event.value} lane={lane.value} done={again} />
      </Container>
      <Container
        header={
          <Header
            variant="h2"
            description={event.value.lane}
            actions={
              event.value.lane !== undefined && (
                <Link href={listHref('events', { lane: event.value.lane })}>
                  {neighbours.more ? 'All events of it, also later ones' : 'All events of it'}
                </Link>
              )
            }
          >
            Its lane
          </Header>
        }
      >
        {lane.problem !== undefined && <ProblemAlert problem={lane.problem} />}
        {lane.value !== undefined && (
          <LaneDrawing
            lane={lane.value}
            source={source}
            highlighted={event.value}
            neighbours={neighbours.events}
          />
        )}
        {lane.isFirst && event.value.lane !== undefined && <Loading what="the lane" />}
        {event.value.lane === undefined && (
          <Box color="text-body-secondary">It is not known any more: the body has expired.</Box>
        )}
      </Container>
      <PayloadView event={event.value} />
      <Container
        header={
          <Header
            variant="h2"
            description={audit.value?.more === true ? 'Its newest items; there are older ones.' : undefined}
          >
            Audit
          </Header>
        }
      >
        {audit.problem !== undefined ? (
          <ProblemAlert problem={audit.problem} />
        ) : (
          <AuditTable items={items} />
        )}
      </Container>
    </SpaceBetween>
  );
}

function lanePath(event: Event | undefined): string | undefined {
  if (event?.lane === undefined) return undefined;
  const [source, entity] = splitLane(event.lane);
  return `ops/lanes/${inPath(source)}/${inPath(entity)}`;
}
