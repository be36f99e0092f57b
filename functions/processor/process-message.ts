import { admit, type Admission } from '../lane/order-rules.ts';
import { orderFactsOf, parkedAt, readEventInLane } from '../lane/event-in-lane.ts';
import { parseMessage, type LaneMessage, type Letter } from '../lane/lane-message.ts';
import { redriveByLetter } from '../lane/repair.ts';
import { reopen } from '../lane/reopen.ts';
import { keepPromise, settle } from '../lane/settle.ts';
import { parseEventKey } from '../ledger/keys.ts';
import { named } from '../ledger/named.ts';
import { attempt, type AttemptOutcome } from './attempt.ts';
import type { ReceivedEvent } from './received-event.ts';
import { decide, type Decision } from './decide-message.ts';
import type { Disposition, ProcessorDeps } from './deps.ts';
import type { ReceivedMessage } from './received-event.ts';
import { later } from './later.ts';
import { waitingEntry } from './waiting-entry.ts';

/** How often one delivery decides anew after a conflict with others, before it leaves the message to SQS. */
const mostTries = 5;
const done: Disposition = { kind: 'done' };

/**
 * The way of one message: read the event and its lane, decide from the newest entry, ask the lane, run the handler, settle. Throws if
 * ledger or lane cannot be reached or read; SQS delivers the message again then.
 */
export async function processMessage(received: ReceivedMessage, deps: ProcessorDeps): Promise<Disposition> {
  const message = parseMessage(received.body);
  if (message.kind === 'junk') return await sendOn(received, deps);
  if (message.kind === 'letter') return await takeLetter(message, received, deps);
  for (let tries = 0; tries < mostTries; tries++) {
    const outcome = await step(message, received, deps);
    if (outcome !== 'again') return outcome;
  }
  return { kind: 'later', afterSeconds: 1 };
}

async function step(
  message: LaneMessage,
  received: ReceivedMessage,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  const sourceName = parseEventKey(message.event)?.source ?? '';
  const source = named(deps.sources, sourceName);
  if (source === undefined) {
    // The event stays as it is. Once the source is configured again, an operator can move its message back.
    const reason = 'its source is not in the configuration';
    await deps.ledger.note(message.event, { what: 'refused', actor: deps.worker, reason });
    return await sendOn(received, deps);
  }

  const [event, gates] = await Promise.all([
    readEventInLane(message.event, sourceName, source, deps, received.groupId),
    deps.gates(),
  ]);
  const work: ReceivedEvent = { ...event, source, received };
  const rules = { execution: source.execution, attempts: source.retry.attempts };
  const decision = decide(work.record, message, rules, deps.now());
  switch (decision.kind) {
    case 'stale':
      if (decision.lateCopy) await noteLateCopy(work, deps);
      return done;
    case 'later':
      return later(decision.at, deps.now());
    case 'reopen':
      return await reopenLateCopy(work, deps);
    case 'quarantine':
    case 'fail': {
      const { worker: actor } = deps;
      const entry =
        decision.kind === 'quarantine'
          ? ({ state: 'quarantined', actor } as const)
          : ({ state: 'failed', cause: decision.cause, actor } as const);
      const settled = await settle(work, entry, deps);
      return settled.kind === 'appended' ? done : 'again';
    }
    case 'run':
      return await runInLane(work, decision, gates.get(sourceName)?.isPaused === true, deps);
  }
}

async function runInLane(
  work: ReceivedEvent,
  run: Extract<Decision, { kind: 'run' }>,
  isPaused: boolean,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  // Acknowledge: another message is sent when the event is handed the turn.
  if (parkedAt(work) !== undefined) return done;
  const admission = admit(orderFactsOf(work), work.lane, work.rules);
  switch (admission.kind) {
    case 'run':
      return isPaused ? await stop(work, deps) : await attempt(work, run.attempt, deps);
    case 'wait':
      return await wait(work, admission, deps);
    case 'superseded': {
      const { reason, comparedTo } = admission;
      const entry = { state: 'superseded', actor: deps.worker, reason, comparedTo } as const;
      const settled = await settle(work, entry, deps);
      return settled.kind === 'appended' ? done : 'again';
    }
  }
}

async function wait(
  work: ReceivedEvent,
  admission: Extract<Admission, { kind: 'wait' }>,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  const entry = waitingEntry(work, admission.reason, deps.worker);
  const settled = await settle(work, entry, deps, { admission });
  return settled.kind === 'appended' ? done : 'again';
}

/** Its source is paused: it keeps its place, and no attempt begins. */
async function stop(work: ReceivedEvent, deps: ProcessorDeps): Promise<AttemptOutcome> {
  // Another message of an event that waits there already.
  if (work.lane?.atGate !== undefined && work.lane.turn === work.key) return done;
  const entry = { ...waitingEntry(work, 'its source is paused', deps.worker), because: 'paused' } as const;
  const settled = await settle(work, entry, deps);
  return settled.kind === 'appended' ? done : 'again';
}

async function noteLateCopy({ key }: ReceivedEvent, deps: ProcessorDeps): Promise<void> {
  const reason = 'the body had expired and came again; it was not run';
  await deps.ledger.note(key, { what: 'late-copy', actor: deps.worker, reason });
}

async function reopenLateCopy(work: ReceivedEvent, deps: ProcessorDeps): Promise<AttemptOutcome> {
  const reason = 'the body had expired and came again';
  const reopened = await reopen(work, { by: 'redelivery', actor: deps.worker, reason }, deps);
  if (reopened.kind === 'fenced') return 'again';
  const promised = { event: work.key, generation: reopened.generation, purpose: 'reopened' } as const;
  await keepPromise(work.laneName, { promised }, deps);
  return done;
}

/** An operator moved a dead letter to the lane queue itself: a redrive. One that cannot be redriven goes back where it was. */
async function takeLetter(
  { deadLetter, entry }: Letter,
  received: ReceivedMessage,
  deps: ProcessorDeps,
): Promise<Disposition> {
  return (await redriveByLetter(deadLetter, entry, deps)) ? done : await sendOn(received, deps);
}

/** Hands a message that cannot be processed here to the feeder, which leads it to the dead-letter queue. */
async function sendOn(received: ReceivedMessage, deps: ProcessorDeps): Promise<Disposition> {
  await deps.forward(received);
  return done;
}
