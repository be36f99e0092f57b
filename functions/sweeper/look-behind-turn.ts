import type { EventInLane } from '../lane/event-in-lane.ts';
import { sentBehind, type Lane, type LaneState } from '../lane/lane.ts';
import { needsRepair } from '../ledger/entry.ts';
import { checkAgainAt } from './decide-recovery.ts';
import type { SweepRun } from './deps.ts';
import { lookAtFirst, type Watched } from './look-at-first.ts';
import { sendAgain } from './send-again.ts';

/** The lane as it is to become, and when to look behind its turn again (undefined: nothing is left to look for). */
export interface Behind {
  readonly state: LaneState;
  readonly at: Date | undefined;
}

/**
 * Looks at the events of a lane that stands still behind the event that has the turn: held, retried much later, or stopped at the gate of
 * its source. What is behind parks as soon as its message is received, and a parked event stays in the lane though its body expires. One
 * whose message is lost never parks: once its body has expired the by-lane index no longer has it, and nothing would find it when the
 * lane goes on. So its message is sent again while the lane stands still.
 */
export async function lookBehindTurn(
  held: EventInLane & { readonly lane: Lane },
  state: LaneState,
  source: Watched['source'],
  deps: SweepRun,
): Promise<Behind> {
  const { lane, laneName: name, sourceName, newest } = held;
  const { watchFrom: from } = state;
  if (from === undefined || !standsStill(held)) return { state, at: undefined };
  const look = await lookAtFirst(
    { name, sourceName, source, lane, from },
    {
      turn: held.key,
      // Until then its message stood behind that of the event that has the turn.
      ...(newest ? { notBefore: newest.at } : {}),
      sent: [state.behind, sentBehind(state.sent)],
    },
    deps,
  );
  switch (look.kind) {
    case 'nothing-left':
      return { state: { ...state, watchFrom: undefined }, at: undefined };
    case 'later':
      return { state: { ...state, watchFrom: look.from }, at: look.at };
    case 'lost': {
      const behind = await sendAgain(look.events, look.version, name, state.behind, deps);
      return { state: { ...state, watchFrom: look.from, behind }, at: checkAgainAt(behind.at, behind.at) };
    }
  }
}

/** No message of the event that has the turn is in the queue, where others would wait behind it. */
const standsStill = ({ newest, lane }: EventInLane): boolean =>
  lane?.atGate !== undefined ||
  (newest !== undefined &&
    (needsRepair(newest.state) || (newest.state === 'retrying' && newest.parked === true)));
