import { eventKey, type EventKey } from '../ledger/keys.ts';
import { laneOf, type AcceptOutcome } from '../ledger/ledger.ts';
import { isFinal } from '../ledger/entry.ts';
import { readEventInLane } from '../lane/event-in-lane.ts';
import { reopen } from '../lane/reopen.ts';
import type { SettleDeps } from '../lane/settle.ts';
import type { Source } from '../sources/source.ts';
import { answerDuplicate } from './duplicate.ts';
import type { TakenEvent } from './outcome.ts';
import { reaching } from './unreachable.ts';

export type TakeDuplicateDeps = SettleDeps;

type Duplicate = Extract<AcceptOutcome, { kind: 'duplicate' }>;

/** Does for another copy of an event what its state asks for, and notes it. The stored event stands, whatever the copy says. */
export async function takeDuplicate(
  duplicate: Duplicate,
  source: Source,
  correlationId: string,
  deps: TakeDuplicateDeps,
): Promise<TakenEvent> {
  const { stored, sameBody } = duplicate;
  const outcome = await settleDuplicate(duplicate, source, deps);
  const note = {
    what: 'duplicate' as const,
    actor: 'ingest',
    sameBody,
    answered: outcome.state === undefined ? outcome.status : `${outcome.status}, ${outcome.state}`,
    correlationId,
  };
  await reaching('ledger', deps.ledger.note(eventKey(stored.source, stored.eventId), note));
  return outcome;
}

/** Copies that arrive together meet at one entry's number; after this many meetings something else is wrong. */
const mostRounds = 5;

async function settleDuplicate(
  { stored, newest }: Duplicate,
  source: Source,
  deps: TakeDuplicateDeps,
): Promise<TakenEvent> {
  const { eventId, lane } = stored;
  const key = eventKey(stored.source, eventId);
  let current = newest;
  for (let round = 1; round <= mostRounds; round++) {
    const decision = answerDuplicate(current, source);
    switch (decision.kind) {
      case 'answer': {
        const { state, result } = decision;
        return { status: 'duplicate', eventId, lane, state, ...(isFinal(state) ? { result } : {}) };
      }
      case 'send-again': {
        const { state, generation, purpose } = decision;
        const itsLane = state === 'pending' ? lane : await laneInLedger(key, lane, deps);
        await reaching('queue', deps.send({ event: key, generation, lane: itsLane, purpose }));
        return { status: 'duplicate', eventId, lane: itsLane, state };
      }
      case 'reopen': {
        // The table forgets a body some days after it has expired; the processor would refuse it.
        if (stored.expiresAt <= deps.now())
          return { status: 'duplicate', eventId, lane, state: decision.newest.state };
        const event = await reaching('ledger', readEventInLane(key, stored.source, source, deps));
        const itsLane = event.laneName;
        const isSame = event.newest?.number === decision.newest.number;
        const why = { by: 'redelivery', actor: 'ingest' } as const;
        const reopened = isSame ? await reaching('ledger', reopen(event, why, deps)) : undefined;
        if (reopened?.kind === 'reopened') {
          const { generation } = reopened;
          await reaching('queue', deps.send({ event: key, generation, lane: itsLane, purpose: 'reopened' }));
          return { status: 'reopened', eventId, lane: itsLane };
        }
        current = await reaching('ledger', deps.ledger.newest(key));
      }
    }
  }
  throw new Error('an event changed its state again and again while a duplicate was answered');
}

/** Of an event that has begun: its body may have expired and come again with another lane. */
async function laneInLedger(key: EventKey, stored: string, deps: TakeDuplicateDeps): Promise<string> {
  return laneOf(await reaching('ledger', deps.ledger.read(key))) ?? stored;
}
