import * as z from 'zod';
import type { Lane, WaitItem } from '../lane/lane.ts';
import { isAtRest, type EventState } from '../ledger/entry.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import { stateSchema } from './event-view.ts';
import { time } from './wire.ts';

const laneStates = ['turn', 'stopped', 'held', 'gap', 'remembering'] as const;

const waitingView = z.object({
  eventId: z.string(),
  type: z.string(),
  sequence: z.number().optional(),
  version: z.string().optional(),
  needs: z
    .array(z.string())
    .optional()
    .meta({ description: 'Types that it waits for, be it first in its lane or not' }),
  until: time.optional().meta({ description: 'When it stops waiting for them' }),
});

/** A lane as operators see it. What is undefined is left out. */
export const laneSchema = z
  .object({
    lane: z.string().meta({ description: '`source#entity`' }),
    state: z.enum(['open', ...laneStates]).meta({
      description:
        '`stopped`: the turn waits at the gate of the source, which is paused, or whose breaker has tripped; its newest entry says why. `held`: the turn is on an event that rests. `gap`: events wait for what is missing. `remembering`: nobody waits. `open`: nothing is known of it',
    }),
    turn: z
      .object({ eventId: z.string(), state: stateSchema })
      .optional()
      .meta({ description: 'The one event that may run' }),
    stoppedSince: time.optional().meta({ description: 'Where the source is paused' }),
    deadline: time.optional().meta({ description: 'When the sweeper ends the hold, or the gap' }),
    waiting: z.int().optional().meta({ description: 'How many events wait' }),
    firstWaiting: z.array(waitingView).optional().meta({
      description: 'The first of them, in their order',
    }),
    next: z.number().optional().meta({ description: '`order.sequence`: the number that runs next' }),
    latest: z.string().optional().meta({
      description: '`order.version`: that of the last processed event',
    }),
    done: z.array(z.string()).optional().meta({
      description: '`order.after`: types that are final, of those that others need',
    }),
  })
  .meta({ description: 'A lane, as of now' });

export type LaneView = z.output<typeof laneSchema>;

/** `turnState`: of the event that has the turn, where one has it. `after`: of its source. */
export function laneView(
  { lane, turn, atGate, holdUntil, gapUntil, waiting, next, latest, done }: Lane,
  turnState: EventState | undefined,
  first: readonly WaitItem[],
  after: Readonly<Record<string, readonly string[]>> = {},
): LaneView {
  const missing = ({ type, needs, started }: WaitItem) =>
    needs ??
    (started || !Object.hasOwn(after, type) ? [] : (after[type] ?? [])).filter(
      (one) => done?.includes(one) !== true,
    );
  return {
    lane,
    state: atGate === undefined ? stateOf(turnState, waiting) : 'stopped',
    turn: turn && { eventId: idOf(turn), state: turnState ?? 'pending' },
    stoppedSince: atGate,
    deadline: turn === undefined ? gapUntil : holdUntil,
    waiting,
    firstWaiting: first.map((one) => {
      const needs = missing(one);
      return {
        eventId: idOf(one.key),
        type: one.type,
        sequence: one.sequence,
        version: one.version,
        ...(needs.length > 0 && { needs: [...needs] }),
        until: one.until,
      };
    }),
    next,
    latest,
    done,
  };
}

function stateOf(turnState: EventState | undefined, waiting: number): (typeof laneStates)[number] {
  if (turnState === undefined) return waiting > 0 ? 'gap' : 'remembering';
  return isAtRest(turnState) ? 'held' : 'turn';
}

const idOf = (key: EventKey): string => parseEventKey(key)?.eventId ?? key;
