import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { goTo, href, type Place } from '../address.ts';
import { useReading, type Reading } from '../api/use-reading.ts';
import type { EventState, Series } from '../api/wire.ts';
import { Loading } from '../words/loading.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { stateNames } from '../words/state.tsx';
import { duration, Time } from '../words/time.tsx';
import { TimeChart, type Layer } from './time-chart.tsx';

const windows = [
  { id: '15', text: '15 min' },
  { id: '60', text: '1 h' },
  { id: '360', text: '6 h' },
  { id: '1440', text: '1 day' },
] as const;
const usual = '60';
const everyMs = 30_000;

/** Of all sources or of one, over a chosen time: both stand in the address. */
function askedOf(query: Place['query']) {
  const minutes = windows.find(({ id }) => id === query.get('minutes'))?.id ?? usual;
  const source = query.get('source') ?? undefined;
  return { minutes, source, text: new URLSearchParams({ minutes, ...(source && { source }) }).toString() };
}

export const useSeries = (query: Place['query']): Reading<Series> =>
  useReading<Series>(`ops/series?${askedOf(query).text}`, everyMs);

/** What came in. */
export function OverTime({
  asked,
  series,
  sources,
}: {
  readonly asked: Place['query'];
  readonly series: Reading<Series>;
  readonly sources: readonly string[];
}) {
  const { minutes, source, text } = askedOf(asked);
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(text);
    if (value === '') next.delete(name);
    else next.set(name, value);
    goTo(href([], next));
  };
  const everySource = { value: '', label: 'All sources' };
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs" alignItems="end">
              <Select
                ariaLabel="Source of the charts"
                selectedOption={source === undefined ? everySource : { value: source, label: source }}
                options={[everySource, ...sources.map((value) => ({ value, label: value }))]}
                onChange={({ detail }) => change('source', detail.selectedOption.value ?? '')}
              />
              <SegmentedControl
                label="Time of the charts"
                selectedId={minutes}
                options={[...windows]}
                onChange={({ detail }) => change('minutes', detail.selectedId)}
              />
            </SpaceBetween>
          }
        >
          Over time
        </Header>
      }
    >
      {series.problem !== undefined && <ProblemAlert problem={series.problem} />}
      {series.isFirst && <Loading what="the charts" />}
      {series.value !== undefined && <Charts series={series.value} />}
    </Container>
  );
}

function Charts({ series: { points, from, countedFrom } }: { readonly series: Series }) {
  const at = points.map((point) => new Date(point.at));
  const sampled = points.reduce((sum, point) => sum + point.sampled, 0);
  const accepted = points.reduce((sum, point) => sum + point.accepted, 0);
  return (
    <SpaceBetween size="l">
      <div className="charts">
        <TimeChart
          title="Accepted"
          points={at}
          layers={[{ name: 'events', colour: 'run', values: points.map((point) => point.accepted) }]}
          write={count}
          empty="Nothing was accepted in this time."
        />
        <TimeChart
          title="What became of them"
          points={at}
          layers={stateLayers(points)}
          write={count}
          empty="There is nothing to be looked at in this time."
        />
        <TimeChart
          title="Started after"
          points={at}
          layers={spreadLayers(points, 'startedAfterMs')}
          write={duration}
          as="steps"
          empty="Nothing was started in this time."
        />
        <TimeChart
          title="Done after"
          points={at}
          layers={spreadLayers(points, 'finishedAfterMs')}
          write={duration}
          as="steps"
          empty="Nothing came to rest in this time."
        />
        <TimeChart
          title="Refused, by cause"
          points={at}
          layers={causeLayers(points)}
          write={count}
          empty="Nothing was refused in this time."
        />
      </div>
      <Box color="text-body-secondary">
        {sampled < accepted
          ? `States and times are of ${count(sampled)} of the ${count(accepted)} events. `
          : ''}
        {countedFrom > from && (
          <>
            Counted from <Time at={countedFrom} />: what is older would have taken too long.
          </>
        )}
      </Box>
    </SpaceBetween>
  );
}

const count = (value: number): string => value.toLocaleString();

/** States that say the same to whoever looks from afar have one colour. */
const groups: readonly {
  readonly name: string;
  readonly colour: string;
  readonly of: readonly EventState[];
}[] = [
  { name: 'done', colour: 'good', of: ['processed', 'resolved'] },
  { name: 'passed over', colour: 'quiet', of: ['ignored', 'superseded', 'discarded'] },
  { name: 'on the way', colour: 'run', of: ['pending', 'processing', 'reopened'] },
  { name: 'waiting', colour: 'waits', of: ['retrying', 'waiting'] },
  { name: stateNames.failed.toLowerCase(), colour: 'bad', of: ['failed', 'quarantined'] },
];

const stateLayers = (points: Series['points']): readonly Layer[] =>
  groups
    .map(({ name, colour, of }) => ({
      name,
      colour,
      values: points.map(({ states }) => of.reduce((sum, state) => sum + (states[state] ?? 0), 0)),
    }))
    .filter(({ values }) => values.some((value) => value > 0));

const spreadLayers = (
  points: Series['points'],
  what: 'startedAfterMs' | 'finishedAfterMs',
): readonly Layer[] => [
  { name: 'half of them', colour: 'run', values: points.map((point) => point[what]?.p50 ?? 0) },
  { name: '95 %', colour: 'quiet', values: points.map((point) => point[what]?.p95 ?? 0) },
];

const colours = ['bad', 'waits', 'run', 'good'] as const;

/** The most frequent causes; the others are one. */
function causeLayers(points: Series['points']): readonly Layer[] {
  const total = new Map<string, number>();
  for (const { refused } of points) {
    for (const [cause, times] of Object.entries(refused)) total.set(cause, (total.get(cause) ?? 0) + times);
  }
  const byCount = [...total].sort(([, a], [, b]) => b - a).map(([cause]) => cause);
  const named = byCount.slice(0, colours.length);
  const others = byCount.slice(colours.length);
  const timesOf = (causes: readonly string[]) =>
    points.map(({ refused }) => causes.reduce((sum, cause) => sum + (refused[cause] ?? 0), 0));
  return [
    ...named.map((name, at) => ({ name, colour: colours[at] ?? 'quiet', values: timesOf([name]) })),
    ...(others.length === 0 ? [] : [{ name: 'other causes', colour: 'quiet', values: timesOf(others) }]),
  ];
}
