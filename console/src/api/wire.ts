import type * as z from 'zod';
import type { attentionSchema } from '../../../functions/ops/attention-list.ts';
import type { auditSchema } from '../../../functions/ops/audit-view.ts';
import type { eventSchema } from '../../../functions/ops/event-view.ts';
import type { laneSchema } from '../../../functions/ops/lane-view.ts';
import type { problemSchema } from '../../../functions/ops/problem.ts';

/** What the operations API answers, as it is on the wire: times are texts. */
export type Event = z.input<typeof eventSchema>;
export type EventState = Event['state'];
export type Audit = z.input<typeof auditSchema>;
export type AuditItem = Audit['items'][number];
export type Lane = z.input<typeof laneSchema>;
export type AttentionList = z.input<typeof attentionSchema>;
export type ApiProblem = z.input<typeof problemSchema>;
/** Of an action: what was acted on, and the state that it is in now. */
export type ActedOn = Pick<Event, 'source' | 'eventId' | 'state'>;
