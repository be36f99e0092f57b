import { after, later } from '../lane/due.ts';
import { readEventInLane, type EventInLane } from '../lane/event-in-lane.ts';
import { sentBehind, type LaneState } from '../lane/lane.ts';
import { needsRepair } from '../ledger/entry.ts';
import type { Source } from '../sources/source.ts';
import { checkAgainAt, decideRecovery, sentUntil } from './decide-recovery.ts';
import type { SweepRun } from './deps.ts';
import { firstUnfinished, notBegunBehind } from './first-unfinished.ts';
import { sendAgain } from './send-again.ts';

const minuteSeconds = 60;

/** The lane as it is to become, and when to look at its events again (undefined: none is left that needs a look). */
export interface Looked {
  readonly state: LaneState;
  readonly at: Date | undefined;
}

/**
 * Looks at the first watched event of a lane that is neither at rest nor parked, nor has the turn. If its message is lost, sends it again,
 * and where that event has not begun, those of the others behind it that have not either. `notBefore`: it could not run earlier.
 */
export async function lookAtFirst(
  state: LaneState,
  source: Source,
  deps: SweepRun,
  notBefore?: Date,
): Promise<Looked> {
  const { lane: name, turn, watchFrom: from } = state;
  if (from === undefined) return { state, at: undefined };
  const found = await firstUnfinished(name, from, deps, turn);
  if (found.kind === 'all-at-rest') return { state: { ...state, watchFrom: undefined }, at: undefined };
  const soon = after(deps.now(), minuteSeconds);
  if (found.kind === 'go-on') return { state: { ...state, watchFrom: found.from }, at: soon };

  const { event, freeSince } = found;
  const first = await readEventInLane(event.pk, source, deps);
  const { number: entry = 0, generation = 0 } = first.newest ?? {};
  const watchFrom = new Date(event.acceptedAt);
  const one = { key: event.pk, entry, acceptedAt: watchFrom };
  // What was sent of the event that has the turn says nothing of this one.
  const sentFirst = sentUntil(turn === undefined ? state.sent : sentBehind(state.sent), one);
  const recovery = decideRecovery(
    {
      ...first,
      since: later(later(watchFrom, freeSince), notBefore),
      visibilityTimeoutSeconds: deps.visibilityTimeoutSeconds,
      standsInLine: deps.standsInLine(name, watchFrom),
      sentUntil: later(sentFirst, sentUntil(state.behind, one)),
    },
    deps.now(),
  );
  if (recovery.kind !== 'send') {
    // Where only an operator or a hold can move it on, it has come to rest between the two reads.
    const at = recovery.kind === 'later' ? recovery.at : undefined;
    return { state: { ...state, watchFrom }, at: at ?? soon };
  }
  const behind = first.newest ? [] : await notBegunBehind(name, event, deps, turn);
  const memory = turn === undefined ? 'sent' : 'behind';
  const sent = await sendAgain([event, ...behind], { entry, generation }, name, state[memory], deps);
  const looked = { ...state, watchFrom, [memory]: sent };
  if (turn !== undefined || entry === 0) return { state: looked, at: checkAgainAt(sent.at, sent.at) };
  // What has begun takes the turn with it, so that nothing that arrives meanwhile runs before it. It may have come to rest by that very
  // message: then the turn is passed on a minute later.
  return { state: { ...looked, turn: event.pk }, at: after(sent.at, minuteSeconds) };
}

/**
 * Looks at the events behind the one that has the turn, where the lane stands still: held, retried much later, or stopped at the gate of
 * its source. What is behind parks as soon as its message is received, and a parked event stays in the lane though its body expires. One
 * whose message is lost never parks: once its body has expired the by-lane index no longer has it, and nothing would find it when the
 * lane goes on. So its message is sent again while the lane stands still.
 */
export async function lookBehindTurn(
  held: EventInLane,
  state: LaneState,
  source: Source,
  deps: SweepRun,
): Promise<Looked> {
  if (!standsStill(held)) return { state, at: undefined };
  // Until then its message stood behind that of the event that has the turn.
  return await lookAtFirst(state, source, deps, held.newest?.at);
}

/** No message of the event that has the turn is in the queue, where others would wait behind it. */
const standsStill = ({ newest, lane }: EventInLane): boolean =>
  lane?.atGate !== undefined ||
  (newest !== undefined &&
    (needsRepair(newest.state) || (newest.state === 'retrying' && newest.parked === true)));
