/** What the host and a function's process say to each other, as JSON. */
import * as z from 'zod';

export interface ToFunction {
  readonly kind: 'invoke';
  readonly requestId: string;
  /** When the process will be killed, milliseconds since the epoch. */
  readonly deadline: number;
  readonly event: unknown;
}

const Failure = z.object({ type: z.string(), message: z.string() });

export const FromFunction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('not-loaded'), error: Failure }),
  z.object({ kind: z.literal('returned'), requestId: z.string(), value: z.unknown() }),
  z.object({ kind: z.literal('threw'), requestId: z.string(), error: Failure }),
]);
export type FromFunction = z.infer<typeof FromFunction>;
