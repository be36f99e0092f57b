import * as z from 'zod';
import { stateSchema } from '../event-view.ts';
import { time } from '../wire.ts';

export const jobActions = ['redrive', 'replay', 'discard', 'resolve'] as const;
export type JobAction = (typeof jobActions)[number];

/** Times as ISO 8601, since a job is stored with its filter. */
export const jobFilterSchema = z.strictObject({
  source: z.string().min(1).max(100).optional(),
  type: z.string().min(1).max(500).optional(),
  state: stateSchema.optional(),
  lane: z.string().min(1).max(2000).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  q: z.string().min(1).max(200).optional(),
});

/** What became of the events of a job that it has come to. */
const countsSchema = z.object({
  done: z.int().meta({ description: 'Acted on' }),
  refused: z.int().meta({ description: 'Their state or an expired body does not allow it' }),
  movedOn: z.int().meta({ description: 'Somebody else did something with them since the plan' }),
});

export const jobSchema = z
  .object({
    id: z.string(),
    action: z.enum(jobActions),
    filter: jobFilterSchema,
    reason: z.string(),
    actor: z.string(),
    state: z.enum(['planned', 'running', 'paused', 'cancelled', 'finished']),
    createdAt: time,
    changedAt: time,
    ratePerSecond: z.int(),
    runBy: z.string().optional().meta({ description: 'Who has it run, or had at last' }),
    plan: z.object({
      events: z.int(),
      lanes: z.int(),
      oldest: time.optional(),
      firstLanes: z.array(z.string()).meta({ description: 'The first ten of them' }),
      estimatedSeconds: z.number(),
      isWhole: z.boolean().meta({
        description: 'False: there are more than one job takes; plan another when this one is finished',
      }),
    }),
    progress: countsSchema.extend({ left: z.int() }),
  })
  .meta({ description: 'The same done to many events, each lane in its order' });

export type Job = z.output<typeof jobSchema>;

/** An event of a job, and the entry that was its newest when the job was planned: what has changed since is left alone. */
export const plannedSchema = z.object({
  key: z.string(),
  lane: z.string(),
  acceptedAt: z.string(),
  entry: z.int(),
});
export type Planned = z.output<typeof plannedSchema>;
