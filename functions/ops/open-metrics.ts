import type { Numbers } from './numbers.ts';

/** https://prometheus.io/docs/specs/om/open_metrics_spec/ */
export const openMetricsType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [Labels, number | undefined];

/** Gauges alone: what is counted is of a window, and goes up and down. */
export function openMetrics({ sources, laneQueue, deadLetters, attention }: Numbers): string {
  const ofSources = (value: (one: Numbers['sources'][number]) => number | undefined): readonly Sample[] =>
    sources.map((one): Sample => [{ source: one.source }, value(one)]);
  const seconds = (ms: number | undefined) => ms && ms / 1000;
  const quantiles = (name: 'startedAfterMs' | 'finishedAfterMs'): readonly Sample[] =>
    (['p50', 'p95'] as const).flatMap((quantile) =>
      sources.map((one): Sample => {
        const labels = { source: one.source, quantile: quantile === 'p50' ? '0.5' : '0.95' };
        return [labels, seconds(one[name]?.[quantile])];
      }),
    );
  return [
    ...gauge(
      'hooklane_accepted_per_minute',
      'Events accepted, in the last five minutes',
      ofSources((one) => one.perMinute),
    ),
    ...gauge(
      'hooklane_refused',
      'Requests refused in the last five minutes',
      sources.flatMap(({ source, refused }) =>
        Object.entries(refused).map(([cause, count]): Sample => [{ source, cause }, count]),
      ),
    ),
    ...gauge(
      'hooklane_started_seconds',
      'From acceptance to the first attempt, sampled',
      quantiles('startedAfterMs'),
      'seconds',
    ),
    ...gauge(
      'hooklane_finished_seconds',
      'From acceptance to rest, sampled',
      quantiles('finishedAfterMs'),
      'seconds',
    ),
    ...gauge(
      'hooklane_lag_seconds',
      'Age of the oldest sampled event that has not begun',
      ofSources((one) => one.lagSeconds),
      'seconds',
    ),
    ...gauge(
      'hooklane_attention',
      'What needs somebody',
      Object.entries(attention).map(([reason, count]): Sample => [{ reason }, count]),
    ),
    ...gauge(
      'hooklane_queue_messages',
      'About as many as SQS says',
      Object.entries({ lanes: laneQueue, 'dead-letters': deadLetters }).flatMap(([queue, numbers]) =>
        Object.entries(numbers).map(([state, count]): Sample => [{ queue, state }, count]),
      ),
    ),
    '# EOF',
    '',
  ].join('\n');
}

function gauge(name: string, help: string, samples: readonly Sample[], unit?: string): readonly string[] {
  return [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...samples.flatMap(([labels, value]) =>
      value === undefined ? [] : [`${name}{${labelsOf(labels)}} ${value}`],
    ),
  ];
}

const labelsOf = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
