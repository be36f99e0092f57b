import { openApiDocument } from './openapi.ts';
import type { Route } from './route.ts';
import { attention } from './routes/attention.ts';
import { configuration } from './routes/configuration.ts';
import { deadLetterRoutes } from './routes/dead-letters.ts';
import { readAudit, readEvent } from './routes/event.ts';
import { events } from './routes/events.ts';
import { gates } from './routes/gates.ts';
import { health } from './routes/health.ts';
import { jobRoutes } from './routes/jobs.ts';
import { readLane } from './routes/lane.ts';
import { lanesList } from './routes/lanes.ts';
import { openApiRoute } from './routes/openapi-document.ts';
import { readPayload } from './routes/payload.ts';
import { rejections } from './routes/rejections.ts';
import { repairs } from './routes/repairs.ts';
import { sourcesList } from './routes/sources.ts';
import { metrics, series, stats } from './routes/stats.ts';

/** Every route of the operations API. What is served, what is described and what clients know comes from here. */
export const routes: readonly Route[] = [
  health,
  attention,
  events,
  readEvent,
  readAudit,
  readPayload,
  lanesList,
  readLane,
  ...repairs,
  ...jobRoutes,
  ...deadLetterRoutes,
  rejections,
  sourcesList,
  stats,
  series,
  metrics,
  ...gates,
  configuration,
  openApiRoute(() => document()),
];

let written: Readonly<Record<string, unknown>> | undefined;

const document = () => (written ??= openApiDocument(routes));
