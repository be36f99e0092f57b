import { openApiDocument } from './openapi.ts';
import type { Route } from './route.ts';
import { attention } from './routes/attention.ts';
import { readAudit, readEvent } from './routes/event.ts';
import { gates } from './routes/gates.ts';
import { health } from './routes/health.ts';
import { readLane } from './routes/lane.ts';
import { openApiRoute } from './routes/openapi-document.ts';
import { repairs } from './routes/repairs.ts';

/** Every route of the operations API. What is served, what is described and what clients know comes from here. */
export const routes: readonly Route[] = [
  health,
  attention,
  readEvent,
  readAudit,
  readLane,
  ...repairs,
  ...gates,
  openApiRoute(() => document()),
];

let written: Readonly<Record<string, unknown>> | undefined;

const document = () => (written ??= openApiDocument(routes));
