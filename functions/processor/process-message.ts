import { admit, type Admission } from '../lane/admit.ts';
import { parseLaneMessage, type LaneMessage } from '../lane/lane-message.ts';
import { sequencePosition } from '../lane/lane.ts';
import { keepPromise, settle } from '../lane/settle.ts';
import { park, passTurn } from '../lane/turn.ts';
import { following, type FinalState, type NewEntry } from '../ledger/entry.ts';
import type { StoredEvent } from '../ledger/event.ts';
import { parseEventKey, sha256Hex } from '../ledger/keys.ts';
import { attempt, type AttemptOutcome } from './attempt.ts';
import { decide, type Decision } from './decide.ts';
import type { Disposition, ProcessorDeps, ReceivedMessage } from './deps.ts';
import { workOn, type Work } from './work.ts';

/** How often one delivery decides anew when others get in between, before it lets the message come back. */
const mostTries = 5;
const done: Disposition = { kind: 'done' };

/**
 * The way of one message: read the event, decide from its newest entry, ask its lane, run, settle. Throws where ledger or lane cannot be
 * reached; then nothing is lost, and the message comes back.
 */
export async function processMessage(received: ReceivedMessage, deps: ProcessorDeps): Promise<Disposition> {
  const message = parseLaneMessage(received.body);
  if (message === undefined) return await refuseJunk(received, deps);
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
  const source = Object.hasOwn(deps.sources, sourceName) ? deps.sources[sourceName] : undefined;
  if (source === undefined) return await refuseUnknownSource(message, received, deps);

  const record = await deps.ledger.read(message.event);
  const work = workOn(sourceName, source, record, message, received);
  const copy = { ...message, messageId: received.messageId };
  const rules = { execution: source.execution, attempts: source.retry.attempts };
  const decision = decide(record, copy, rules, deps.now());
  switch (decision.kind) {
    case 'final':
      return await acknowledgeFinal(work, decision, deps);
    case 'spare':
      return done;
    case 'pass-on':
      return { kind: 'dead-letter' };
    case 'later':
      return later(decision.at, deps.now());
    case 'quarantine':
    case 'fail':
      return await rest(await withLane(work, deps), decision, deps);
    case 'run': {
      const { event } = record;
      // `decide` lets only events with a body run.
      if (event === undefined) return 'again';
      return await runInLane(
        { ...(await withLane(work, deps)), record: { ...record, event } },
        decision,
        deps,
      );
    }
  }
}

async function runInLane(
  work: Work & { readonly record: { readonly event: StoredEvent } },
  run: Extract<Decision, { kind: 'run' }>,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  if (!work.isLaned) return await attempt(work, run, deps);
  const { lane, key, candidate, rules } = work;
  if (lane?.turn !== key && (await waitsAt(work, deps)) !== undefined) return done;
  const admission = admit(candidate, lane, rules);
  switch (admission.kind) {
    case 'run':
      return await attempt(work, run, deps);
    case 'wait':
      return await wait(work, run.redriven, admission, deps);
    case 'superseded': {
      const { reason, comparedTo } = admission;
      const entry: NewEntry = { ...nextEntry(work, deps), state: 'superseded', reason, comparedTo };
      const settled = await settle({ ...work, entries: work.record.entries }, entry, [], deps);
      return settled.kind === 'appended' ? done : 'again';
    }
  }
}

/** A redriven event that has to wait comes to its turn with all its attempts, as it would at once. */
async function wait(
  work: Work,
  redriven: boolean,
  admission: Extract<Admission, { kind: 'wait' }>,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  const { key, candidate, rules, laneName, lane, received, newest } = work;
  const position = positionOf(work, received.sequenceNumber);
  const { reason } = admission;
  const entry: NewEntry = {
    ...nextEntry(work, deps),
    ...(redriven ? { attempt: 0, redriven } : {}),
    state: 'waiting',
    position,
    reason,
  };
  const waiting = { ...candidate, position, generation: newest?.generation ?? 0, entryNumber: entry.number };
  const move = park(lane, waiting, admission, { laneName, rules }, deps);
  const outcome = await deps.ledger.append(key, entry, { lane: move.items });
  return outcome.kind === 'appended' ? done : 'again';
}

/** Position of the event's WAIT item, where one is in place. */
async function waitsAt({ newest, laneName }: Work, deps: ProcessorDeps): Promise<string | undefined> {
  if (newest?.state !== 'waiting') return undefined;
  return (await deps.lanes.isWaiting(laneName, newest.position)) ? newest.position : undefined;
}

/** Under `sequence` its number; else the SequenceNumber of the message that parked the event first: it keeps its place. */
function positionOf({ candidate, rules, record, key }: Work, sequenceNumber: string): string {
  if (rules.sequence && candidate.sequence !== undefined) return sequencePosition(candidate.sequence, key);
  const parkedFirst = record.entries.find((entry) => entry.state === 'waiting');
  return parkedFirst?.position ?? sequenceNumber;
}

/** The event comes to rest without another attempt: its outcome is unknown, its attempts are used up, or its body is gone. */
async function rest(
  work: Work,
  decision: Extract<Decision, { kind: 'quarantine' | 'fail' }>,
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  const { received, message, record } = work;
  const leaves = await waitsAt(work, deps);
  const from = { messageId: received.messageId, copy: message.copy };
  const common = { ...nextEntry(work, deps), ...from };
  const entry: NewEntry =
    decision.kind === 'quarantine'
      ? { ...common, state: 'quarantined' }
      : { ...common, state: 'failed', cause: decision.cause };
  const settled = await settle({ ...work, leaves, entries: record.entries }, entry, [], deps);
  return settled.kind === 'appended' ? { kind: 'dead-letter' } : 'again';
}

/** Nothing to do for the event; its lane may still believe that it has the turn, where the source's rules changed meanwhile. */
async function acknowledgeFinal(
  work: Work,
  decision: { readonly state: FinalState; readonly lateCopy: boolean },
  deps: ProcessorDeps,
): Promise<AttemptOutcome> {
  if (decision.lateCopy) {
    const reason = 'the body had expired and came again; it was not run';
    await deps.ledger.note(work.key, { what: 'late-copy', actor: deps.worker, reason });
  }
  const { lane, laneName, rules, candidate, key } = await withLane(work, deps);
  if (lane?.turn !== key) return done;
  // The event was read before its lane: a replay in between may have taken the turn anew.
  if ((await deps.ledger.newest(key))?.number !== work.newest?.number) return 'again';
  const move = await passTurn(lane, candidate, decision.state, { laneName, rules }, deps);
  if ((await deps.lanes.commit(move.items)) === 'moved') return 'again';
  await keepPromise(laneName, move.promised, deps);
  return done;
}

async function withLane<W extends Work>(work: W, deps: ProcessorDeps): Promise<W> {
  return work.isLaned ? { ...work, lane: await deps.lanes.read(work.laneName) } : work;
}

const nextEntry = ({ newest, laneName, record }: Work, deps: ProcessorDeps) => ({
  ...following(newest),
  // Unknown where the body expired before anything was recorded of the event.
  ...(newest === undefined && record.event ? { lane: laneName } : {}),
  actor: deps.worker,
});

const later = (at: Date, now: Date): Disposition => ({
  kind: 'later',
  afterSeconds: Math.max(1, Math.ceil((at.getTime() - now.getTime()) / 1000)),
});

/** Nobody of ours wrote this message. It is audited once and left to the dead-letter queue, where an operator can look at it. */
async function refuseJunk(received: ReceivedMessage, deps: ProcessorDeps): Promise<Disposition> {
  if (received.receiveCount === 1) {
    await deps.ledger.reject({
      source: 'unknown',
      at: deps.now(),
      requestId: received.messageId,
      cause: 'junk-message',
      status: 0,
      bodySha256: sha256Hex(received.body),
      bodyBytes: Buffer.byteLength(received.body),
      ip: 'queue',
    });
  }
  return { kind: 'dead-letter' };
}

/** The source was taken out of the configuration: the event stays as it is, its message can be redriven once the source is back. */
async function refuseUnknownSource(
  message: LaneMessage,
  received: ReceivedMessage,
  deps: ProcessorDeps,
): Promise<Disposition> {
  if (received.receiveCount === 1) {
    const reason = 'its source is not in the configuration';
    await deps.ledger.note(message.event, { what: 'refused', actor: deps.worker, reason });
  }
  return { kind: 'dead-letter' };
}
