import * as z from 'zod';
import { found, problem } from '../answer.ts';
import { numbersSchema, readNumbers } from '../numbers.ts';
import { openMetrics, openMetricsType } from '../open-metrics.ts';
import { route } from '../route.ts';
import { readSeries, seriesSchema } from '../series.ts';
import { sourceFilter } from '../wire.ts';

export const stats = route(
  {
    method: 'GET',
    path: '/ops/stats',
    name: 'readStats',
    tag: 'numbers',
    summary: 'Counts, rates, latencies and lag of the last minutes, by source',
    description:
      'Events and refusals are counted; states, latencies and lag are of the newest 50 events of each source.',
    query: z.strictObject({
      source: sourceFilter,
      minutes: z.coerce.number().int().min(1).max(60).default(15).meta({ description: 'Of the window' }),
    }),
    answer: numbersSchema,
    problems: ['unknown-source'],
  },
  async ({ query: { source, minutes } }, deps) => {
    const all = Object.keys(deps.sources);
    if (source !== undefined && !all.includes(source)) return problem('unknown-source');
    return found(await readNumbers(source === undefined ? all : [source], minutes, deps));
  },
);

export const series = route(
  {
    method: 'GET',
    path: '/ops/series',
    name: 'readSeries',
    tag: 'numbers',
    summary: 'Counts, states, latencies and refusals of up to a day, in at most sixty points',
    description:
      'Events and refusals are counted; states and latencies are of up to 600 events, as many of each point.',
    query: z.strictObject({
      source: sourceFilter,
      minutes: z.coerce.number().int().min(1).max(1440).default(60).meta({ description: 'Of the window' }),
    }),
    answer: seriesSchema,
    problems: ['unknown-source'],
  },
  async ({ query: { source, minutes } }, deps) => {
    const all = Object.keys(deps.sources);
    if (source !== undefined && !all.includes(source)) return problem('unknown-source');
    return found(await readSeries(source === undefined ? all : [source], minutes, deps));
  },
);

export const metrics = route(
  {
    method: 'GET',
    path: '/ops/metrics',
    name: 'readMetrics',
    tag: 'numbers',
    summary: 'The same numbers of the last five minutes as OpenMetrics, for Prometheus and its like',
    otherContent: [openMetricsType],
    problems: [],
  },
  async (_, deps) => ({
    kind: 'raw',
    contentType: openMetricsType,
    body: openMetrics(await readNumbers(Object.keys(deps.sources), 5, deps)),
  }),
);
