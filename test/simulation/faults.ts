/** One expression of production code replaced by another, when the file is loaded. `find` occurs once in the file. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A mistake that somebody could make. The simulation has to see each of them. */
export interface Fault {
  readonly name: string;
  readonly what: string;
  readonly patches: readonly Patch[];
}

const one = (name: string, what: string, file: string, find: string, replace: string): Fault => ({
  name,
  what,
  patches: [{ file: `functions/${file}`, find, replace }],
});

export const faults: readonly Fault[] = [
  one(
    'redrive-by-message-id',
    'a redrive told by message id alone',
    'processor/decide.ts',
    "if (newest.copy !== message.copy) return { kind: 'spare' };",
    '',
  ),
  one(
    'no-spare-receives',
    '`maxReceiveCount` equal to `attempts`',
    'settings.ts',
    'const receivesBeyondAttempts = 30;',
    'const receivesBeyondAttempts = 0;',
  ),
  one(
    'sweeper-without-watches',
    'a sweeper without watch items',
    'sweeper/sweep.ts',
    'const watches = await sweepWatches(hasBacklog, deps);',
    'const watches = 0;',
  ),
  one(
    'first-look-without-watch',
    'a sweeper that arms no watch at its first look',
    'sweeper/sweep-minutes.ts',
    'await deps.dynamodb.send(new TransactWriteCommand({ TransactItems: [watch] }));',
    'void watch;',
  ),
  one(
    'parking-keeps-version',
    "parking that does not change the LANE's version",
    'lane/lane-store.ts',
    'const version = newId();',
    'const version = before && after && before.turn === after.turn ? before.version : newId();',
  ),
  one(
    'version-from-1',
    'a version that counts from 1 in every new LANE',
    'lane/lane-store.ts',
    'const version = newId();',
    'const version = String(Number(before?.version ?? 0) + 1);',
  ),
  one(
    'quarantined-without-turn',
    '`quarantined` that does not take the turn',
    'lane/settle.ts',
    "const rests = entry.state === 'failed' || entry.state === 'quarantined';",
    "const rests = entry.state === 'failed';",
  ),
  one(
    'resend-to-new-lane',
    'a re-send to the lane computed from the new body',
    'ingest/take-events.ts',
    'return await takeDuplicate(accepted, source, correlationId, deps);',
    'return await takeDuplicate({ ...accepted, stored: { ...accepted.stored, lane } }, source, correlationId, deps);',
  ),
  one(
    'processing-without-turn',
    '`processing` that does not take the turn in a lane with rules',
    'lane/turn.ts',
    'if (lane === undefined && !evenIfOpen) return noMove(lane);',
    'if (!evenIfOpen) return noMove(lane);',
  ),
  one(
    'last-receive-without-hold',
    'a last receive that does not hold before it runs',
    'processor/attempt.ts',
    'const evenIfOpen = isLastReceive;',
    'const evenIfOpen = false;',
  ),
  one(
    'attempts-without-end',
    'an expired lease that runs beyond `attempts`',
    'processor/decide.ts',
    "return newest.attempt < rules.attempts ? run(false) : { kind: 'fail', cause: 'lease-expired' };",
    'return run(false);',
  ),
  one(
    'late-although-begun',
    'an event with a `processing` entry treated as late',
    'lane/candidate.ts',
    'started: entries.some(hadItsPlace),',
    'started: false,',
  ),
  {
    name: 'final-without-hand-over',
    what: 'a final event acknowledged without handing its turn on, where its source gave up its rules in between',
    patches: [
      {
        file: 'functions/lane/candidate.ts',
        find: "state === 'waiting' || hasTurn === true",
        replace: "state === 'waiting'",
      },
      {
        file: 'functions/processor/process-message.ts',
        find: 'if (lane?.turn !== key) return done;',
        replace: 'if (lane?.turn !== undefined || lane === undefined) return done;',
      },
    ],
  },
  one(
    'own-nonce-fences',
    'a failed condition on our own nonce taken for a fence',
    'ledger/append.ts',
    'return by?.nonce === entry.nonce ?',
    'return by === undefined ?',
  ),
  one(
    'append-without-condition',
    'no condition on append',
    'ledger/put-once.ts',
    "const keyIsFree = 'attribute_not_exists(pk)';",
    "const keyIsFree = 'attribute_not_exists(nothing)';",
  ),
  {
    name: 'send-before-put',
    what: 'send before put',
    patches: [
      {
        file: 'functions/ingest/take-events.ts',
        find: "  const accepted = await reaching('ledger',",
        replace:
          "  await reaching('queue', deps.send({ event: eventKey(event.source, eventId), generation: 0, lane, purpose: 'first' }));\n  const accepted = await reaching('ledger',",
      },
      {
        file: 'functions/ingest/take-events.ts',
        find: "  await reaching('queue', deps.send({ event: key, generation: 0, lane, purpose: 'first' }));\n",
        replace: '  void key;\n',
      },
    ],
  },
  one(
    'lease-ignored',
    'lease ignored',
    'processor/decide.ts',
    "if (newest.leaseUntil > now) return { kind: 'later', at: newest.leaseUntil, because: 'lease' };",
    '',
  ),
  one(
    'deduplication-without-generation',
    'deduplication without generation',
    'lane/lane-message.ts',
    'sha256Hex(JSON.stringify([event, generation, purpose]))',
    'sha256Hex(JSON.stringify([event, purpose]))',
  ),
  one(
    'held-lane-goes-on',
    'a failed event that passes the turn on although the source holds',
    'lane/settle.ts',
    "if (rests && rules.onExhausted === 'hold') {",
    'if (rests && Date.length === 0) {',
  ),
  one(
    'turn-ignored',
    'a turn that is not looked at',
    'lane/admit.ts',
    'if (lane?.turn !== undefined && lane.turn !== event.key) {',
    'if (lane?.turn !== undefined && lane.turn === undefined) {',
  ),
  one(
    'stale-runs',
    'a stale version that runs',
    'lane/admit.ts',
    'if (compareVersions(event.version, latest) >= 0) return undefined;',
    'if (compareVersions(event.version, latest) >= -1e9) return undefined;',
  ),
  one(
    'equal-is-stale',
    'an equal version called stale',
    'lane/admit.ts',
    'if (compareVersions(event.version, latest) >= 0) return undefined;',
    'if (compareVersions(event.version, latest) > 0) return undefined;',
  ),
  one(
    'gap-overlooked',
    'a sequence that lets the number after next begin',
    'lane/admit.ts',
    'if (sequence > due) {',
    'if (sequence > due + 1) {',
  ),
  one(
    'prerequisite-overlooked',
    'a type that does not wait for those it needs',
    'lane/admit.ts',
    'if (missing.length === 0 || event.started) return undefined;',
    'if (missing.length >= 0 || event.started) return undefined;',
  ),
  one(
    'processed-without-effects',
    'a settlement that leaves the effects out',
    'lane/settle.ts',
    '{ lane: move.items, effects, upkeep }',
    '{ lane: move.items, effects: effects.slice(1), upkeep }',
  ),
  one(
    'at-most-once-again',
    'a crashed at-most-once attempt that runs again',
    'processor/decide.ts',
    "if (rules.execution === 'at-most-once') return { kind: 'quarantine' };",
    '',
  ),
  one(
    'at-most-once-reopened',
    'a redelivery that reopens an at-most-once event',
    'ingest/duplicate.ts',
    "return execution === 'at-most-once' || newest.cause === 'body-expired'",
    "return newest.cause === 'body-expired'",
  ),
  one(
    'attention-forgotten',
    'a failure that asks for no attention',
    'lane/settle.ts',
    "if (entry.state === 'failed' || entry.state === 'quarantined') {\n    const reason",
    "if (entry.state === 'quarantined') {\n    const reason",
  ),
  one(
    'unqueued-acknowledged',
    'a 2xx although the queue could not be reached',
    'ingest/take-events.ts',
    "await reaching('queue', deps.send({ event: key, generation: 0, lane, purpose: 'first' }));",
    "await deps.send({ event: key, generation: 0, lane, purpose: 'first' }).catch(() => undefined);",
  ),
  one(
    'key-by-attempt',
    'an idempotency key of the attempt',
    'processor/attempt.ts',
    'idempotencyKey: idempotencyKey(key, entry.replay),',
    'idempotencyKey: idempotencyKey(key, entry.replay * 100 + entry.attempt),',
  ),
  one(
    'reopened-without-watch',
    'an event put back without a watch item',
    'lane/reopen.ts',
    'upkeep: [clearAttention(deps.stateTable, key), watch],',
    'upkeep: [clearAttention(deps.stateTable, key)],',
  ),
  one(
    'redriven-without-watch',
    'an event redriven by a move that nobody watches',
    'processor/attempt.ts',
    'upkeep: [...raised, ...watched]',
    'upkeep: [...raised, ...watched.slice(1)]',
  ),
  one(
    'hand-over-without-watch',
    'a hand-over without a watch item',
    'lane/turn.ts',
    'watch(to.key, state.lane, soon, to.entryNumber, deps),',
    '',
  ),
  one(
    'hand-over-keeps-wait',
    'a hand-over that leaves the WAIT item',
    'lane/turn.ts',
    'deps.lanes.unpark(state.lane, to.position),',
    '',
  ),
  one(
    'spare-message-runs',
    'a redrive by a message that an entry has named',
    'processor/decide.ts',
    'isKnown(message.messageId, entries)',
    'newest.messageId === message.messageId',
  ),
  one(
    'older-generation-runs',
    'a message of an older generation that runs an event put back since',
    'processor/decide.ts',
    'message.generation < newest.generation',
    'message.generation < 0',
  ),
  one(
    'unparked-twice',
    'an event taken out of its lane twice, by who closes it and by who hands it the turn',
    'lane/settle.ts',
    'if (leaves !== undefined && !(await deps.lanes.isWaiting(laneName, leaves))) leaves = undefined;',
    '',
  ),
  one(
    'stale-out-of-place',
    'a stale event of a sequence superseded before its place',
    'lane/admit.ts',
    "if (inSequence?.kind === 'wait') return inSequence;",
    "if (inSequence?.kind === 'wait' && stale === undefined) return inSequence;",
  ),
];
