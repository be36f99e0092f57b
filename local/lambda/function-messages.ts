/** What the host and a function's process say to each other. */
import * as z from 'zod';

export const ToFunction = z.object({
  kind: z.literal('invoke'),
  requestId: z.string(),
  /** When the process will be killed, milliseconds since the epoch. */
  deadline: z.number(),
  /** JSON. */
  event: z.string(),
});
export type ToFunction = z.infer<typeof ToFunction>;

const Failure = z.object({ type: z.string(), message: z.string() });

export const FromFunction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('not-loaded'), error: Failure }),
  z.object({
    kind: z.literal('returned'),
    requestId: z.string(),
    /** JSON. */
    value: z.string(),
  }),
  z.object({ kind: z.literal('threw'), requestId: z.string(), error: Failure }),
]);
export type FromFunction = z.infer<typeof FromFunction>;
