import { raiseNotConfigured } from '../lane/attention.ts';
import { admit } from '../lane/order-rules.ts';
import { readBreaker } from '../lane/breakers.ts';
import type { Standing } from '../lane/gates.ts';
import { orderFactsOf, parkedAt, readEventInLane } from '../lane/event-in-lane.ts';
import { parseMessage, type LaneMessage, type Letter } from '../lane/lane-message.ts';
import { redriveByLetter } from '../lane/repair.ts';
import { reopen } from '../lane/reopen.ts';
import { keepPromise, settle } from '../lane/settle.ts';
import type { NewEntry } from '../ledger/entry.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import { named } from '../ledger/named.ts';
import { attempt, type AttemptOutcome } from './attempt.ts';
import { decide, type Run } from './decide-message.ts';
import type { Disposition, ProcessorDeps } from './deps.ts';
import { later } from './later.ts';
import { passGate, type Passage } from './pass-gate.ts';
import { prepare } from './prepare.ts';
import { attemptRules, type ReceivedEvent, type ReceivedMessage } from './received-event.ts';
import { giveUpSlot, leaveSlot, standInLine } from './slots.ts';
import { tellOfSilence } from './tell-breaker.ts';
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
    return await leave(message.event, sourceName, received, deps);
  }

  const [event, gates, breaker] = await Promise.all([
    readEventInLane(message.event, source, deps, received.groupId),
    deps.gates(),
    source.breaker && readBreaker(sourceName, deps),
  ]);
  const stored = event.record.event;
  const work: ReceivedEvent = {
    ...event,
    source,
    received,
    subscribers: stored && deps.subscribersOf(stored),
  };
  const { worker: actor } = deps;
  const decision = decide(work.record, message, attemptRules(work), deps.now());
  switch (decision.kind) {
    case 'stale':
      if (decision.lateCopy) await noteLateCopy(work, deps);
      return done;
    case 'later':
      return later(decision.at, deps.now());
    case 'reopen':
      return await reopenLateCopy(work, deps);
    case 'quarantine':
      return await end(work, { state: 'quarantined', actor }, deps);
    case 'fail': {
      const { cause } = decision;
      const outcome = await end(work, { state: 'failed', cause, actor }, deps);
      if (outcome !== 'again' && cause === 'lease-expired') await tellOfSilence(work, deps);
      return outcome;
    }
    case 'run':
      return await runInLane(
        work,
        decision,
        { ...gates.get(sourceName), ...(source.breaker && { breaker }) },
        deps,
      );
  }
}

/** Records what ends the way of this message. */
async function end(work: ReceivedEvent, entry: NewEntry, deps: ProcessorDeps): Promise<AttemptOutcome> {
  const settled = await settle(work, entry, deps);
  return settled.kind === 'appended' ? done : 'again';
}

/** Its source is not configured. The event stays as it is; once the source is back, an operator can move its message back. */
async function leave(
  event: EventKey,
  sourceName: string,
  received: ReceivedMessage,
  deps: ProcessorDeps,
): Promise<Disposition> {
  const reason = 'its source is not in the configuration';
  await deps.ledger.note(event, { what: 'refused', actor: deps.worker, reason });
  // Anybody who may send to the queue can name a source that never was.
  const { event: stored, entries } = await deps.ledger.read(event);
  if (stored !== undefined || entries.length > 0) {
    await deps.lanes.commit([raiseNotConfigured(deps.stateTable, sourceName, deps.now())]);
  }
  return await sendOn(received, deps);
}

async function runInLane(
  work: ReceivedEvent,
  run: Run,
  standing: Standing,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  // Acknowledge: another message is sent when the event is handed the turn.
  if (parkedAt(work) !== undefined) return done;
  const admission = admit(orderFactsOf(work), work.lane, work.rules);
  switch (admission.kind) {
    case 'run':
      return await runPastGate(work, run, standing, deps);
    case 'wait':
      return await end(work, waitingEntry(work, admission.reason, deps.worker), deps);
    case 'superseded': {
      const { reason, comparedTo } = admission;
      return await end(work, { state: 'superseded', actor: deps.worker, reason, comparedTo }, deps);
    }
  }
}

async function runPastGate(
  work: ReceivedEvent,
  run: Run,
  standing: Standing,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  const prepared = work.source.when && (await prepare(work, run.event, deps));
  // Handing on asks no destination either: each subscriber has a gate of its own.
  const asksNobody =
    prepared?.kind === 'left-out' || prepared?.kind === 'unready' || work.subscribers !== undefined;
  const passage = await passGate(work, standing, asksNobody, deps);
  switch (passage.kind) {
    case 'passed':
      try {
        return await attempt(work, run, passage, prepared, deps);
      } finally {
        if (passage.slot) await leaveSlot(work, passage.slot, deps);
      }
    case 'later':
      return later(passage.at, deps.now());
    case 'stop':
      return await stop(work, run, passage, deps);
  }
}

/** It keeps its place before the gate, and no attempt begins. */
async function stop(
  work: ReceivedEvent,
  run: Run,
  { because, reason, waitsForSlot }: Extract<Passage, { kind: 'stop' }>,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  // Another message of an event that waits there already.
  if (work.lane?.atGate !== undefined && work.lane.turn === work.key) return done;
  const entry = { ...waitingEntry(work, reason, deps.worker), because, attempt: run.attempt - 1 };
  const outcome = await end(work, entry, deps);
  if (outcome === 'again') return outcome;
  await (waitsForSlot ? standInLine(work, deps) : giveUpSlot(work, deps));
  return outcome;
}

async function noteLateCopy({ key }: ReceivedEvent, deps: ProcessorDeps): Promise<void> {
  const reason = 'the body had expired and came again; it was not run';
  await deps.ledger.note(key, { what: 'late-copy', actor: deps.worker, reason });
}

async function reopenLateCopy(work: ReceivedEvent, deps: ProcessorDeps): Promise<AttemptOutcome> {
  const reason = 'the body had expired and came again';
  const promised = await reopen(work, { by: 'redelivery', actor: deps.worker, reason }, deps);
  if (promised === undefined) return 'again';
  await keepPromise(promised.lane, { promised }, deps);
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
