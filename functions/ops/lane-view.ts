import type { Lane, WaitItem } from '../lane/lane.ts';
import { isAtRest, type EventState } from '../ledger/entry.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';

/** A lane as operators see it. What is undefined is left out; times are ISO 8601. */
export interface LaneView {
  /** `source#entity` */
  readonly lane: string;
  /** `held`: the turn is on an event that rests. `gap`: events wait for what is missing. `remembering`: nobody waits. */
  readonly state: 'turn' | 'held' | 'gap' | 'remembering';
  /** The one event that may run. */
  readonly turn: { readonly eventId: string; readonly state: EventState } | undefined;
  /** When the sweeper ends the hold, or the gap. */
  readonly deadline: Date | undefined;
  /** How many events wait. */
  readonly waiting: number;
  /** The first of them, in their order. */
  readonly firstWaiting: readonly WaitingView[];
  /** What the source's order rules remember: see `Lane`. */
  readonly next: number | undefined;
  readonly latest: string | undefined;
  readonly done: readonly string[] | undefined;
}

interface WaitingView {
  readonly eventId: string;
  readonly type: string;
  readonly sequence: number | undefined;
  readonly version: string | undefined;
}

/** `turnState`: of the event that has the turn, where one has it. */
export function laneView(
  { lane, turn, holdUntil, gapUntil, waiting, next, latest, done }: Lane,
  turnState: EventState | undefined,
  first: readonly WaitItem[],
): LaneView {
  return {
    lane,
    state: stateOf(turnState, waiting),
    turn: turn && { eventId: idOf(turn), state: turnState ?? 'pending' },
    deadline: turn === undefined ? gapUntil : holdUntil,
    waiting,
    firstWaiting: first.map(({ key, type, sequence, version }) => ({
      eventId: idOf(key),
      type,
      sequence,
      version,
    })),
    next,
    latest,
    done,
  };
}

function stateOf(turnState: EventState | undefined, waiting: number): LaneView['state'] {
  if (turnState === undefined) return waiting > 0 ? 'gap' : 'remembering';
  return isAtRest(turnState) ? 'held' : 'turn';
}

const idOf = (key: EventKey): string => parseEventKey(key)?.eventId ?? key;
