import type * as z from 'zod';
import type { attentionSchema } from '../../../functions/ops/attention-list.ts';
import type { auditSchema } from '../../../functions/ops/audit-view.ts';
import type { eventSummarySchema } from '../../../functions/ops/event-summary.ts';
import type { eventSchema } from '../../../functions/ops/event-view.ts';
import type { jobSchema } from '../../../functions/ops/jobs/job.ts';
import type { laneSchema } from '../../../functions/ops/lane-view.ts';
import type { numbersSchema } from '../../../functions/ops/numbers.ts';
import type { problemSchema } from '../../../functions/ops/problem.ts';
import type { ConfigurationOnWire } from '../../../functions/ops/routes/configuration.ts';
import type { deadLettersSchema } from '../../../functions/ops/routes/dead-letters.ts';
import type { sourceStateSchema } from '../../../functions/ops/routes/gates.ts';
import type { PayloadOnWire } from '../../../functions/ops/routes/payload.ts';
import type { RejectionOnWire } from '../../../functions/ops/routes/rejections.ts';
import type { SourceOnWire } from '../../../functions/ops/routes/sources.ts';
import type { seriesSchema } from '../../../functions/ops/series.ts';

/** What the operations API answers, as it is on the wire: times are texts. */
export type Event = z.input<typeof eventSchema>;
export type EventState = Event['state'];
export type EventSummary = z.input<typeof eventSummarySchema>;
export type Audit = z.input<typeof auditSchema>;
export type AuditItem = Audit['items'][number];
export type Lane = z.input<typeof laneSchema>;
export type LaneSummary = Omit<Lane, 'firstWaiting' | 'done'>;
export type Attention = z.input<typeof attentionSchema>['items'][number];
export type Rejection = RejectionOnWire;
export type Source = SourceOnWire;
export type SourceState = z.input<typeof sourceStateSchema>;
export type Payload = PayloadOnWire;
export type Job = z.input<typeof jobSchema>;
export type DeadLetters = z.input<typeof deadLettersSchema>;
export type Configuration = ConfigurationOnWire;
export type Series = z.input<typeof seriesSchema>;
export type Numbers = z.input<typeof numbersSchema>;
export type ApiProblem = z.input<typeof problemSchema>;
/** Of an action: what was acted on, and the state that it is in now. */
export type ActedOn = Pick<Event, 'source' | 'eventId' | 'state'>;

export interface PageOf<Item> {
  readonly items: readonly Item[];
  /** Of the next page. There may be one behind a page that is short or empty. */
  readonly cursor?: string;
  /** Of a list by time: nothing newer than this is missing. */
  readonly searchedTo?: string;
}
