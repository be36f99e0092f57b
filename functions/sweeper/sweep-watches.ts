import { QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { TransactItem } from '../handler-api/handler.ts';
import { readSettling } from '../lane/candidate.ts';
import { endGap, passTurn, type LaneMove } from '../lane/turn.ts';
import { keepPromise, settle, type Settling } from '../lane/settle.ts';
import {
  armWatch,
  disarmWatch,
  dueBefore,
  watchPartition,
  watchSchema,
  watchShards,
  type Watch,
} from '../lane/watch.ts';
import { following, isAtRest, isFinal, type NewEntry } from '../ledger/entry.ts';
import { parseEventKey, type EventKey } from '../ledger/keys.ts';
import type { SweepDeps, SweeperDeps } from './deps.ts';
import { isBehind } from './is-behind.ts';
import { doubled, look, type Look } from './look.ts';

const actor = 'sweeper';

/** Looks at every event whose watch is due. Returns how many there were. */
export async function sweepWatches(hasBacklog: boolean, deps: SweepDeps): Promise<number> {
  let looked = 0;
  for (let shard = 0; shard < watchShards; shard++) {
    for await (const watch of dueWatches(shard, deps)) {
      if (deps.now() >= deps.deadline) return looked;
      looked++;
      try {
        await lookAt(watch, hasBacklog, deps);
      } catch (error) {
        deps.failed(watch.key, error);
      }
    }
  }
  return looked;
}

async function* dueWatches(shard: number, deps: SweeperDeps): AsyncIterable<Watch> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await deps.dynamodb.send(
      new QueryCommand({
        TableName: deps.stateTable,
        KeyConditionExpression: 'pk = :pk AND sk < :due',
        ExpressionAttributeValues: { ':pk': watchPartition(shard), ':due': dueBefore(deps.now()) },
        ConsistentRead: true,
        Limit: 100,
        ...(start ? { ExclusiveStartKey: start } : {}),
      }),
    );
    for (const item of page.Items ?? []) yield watchSchema.parse(item);
    start = page.LastEvaluatedKey;
  } while (start);
}

async function lookAt(watch: Watch, hasBacklog: boolean, deps: SweeperDeps): Promise<void> {
  const { key } = watch;
  const name = parseEventKey(key)?.source ?? '';
  const source = Object.hasOwn(deps.sources, name) ? deps.sources[name] : undefined;
  if (source === undefined) {
    await arm(watch, deps.now(), doubled(watch.intervalSeconds), 0, deps);
    return;
  }

  const settling = await readSettling(key, name, source, deps);
  const { lane, entries, record } = settling;
  const newest = entries.at(-1);
  const holder = lane?.turn !== undefined && lane.turn !== key ? lane.turn : undefined;
  const seen = look(
    {
      watch,
      exists: record.event !== undefined,
      newest,
      lane,
      rules: settling.rules,
      isParked: settling.leaves !== undefined,
      turnHolder: holder === undefined ? undefined : await deps.ledger.newest(holder),
      hasBacklog,
      isBehind: newest === undefined && (await isBehind(record, deps)),
      visibilityTimeoutSeconds: deps.visibilityTimeoutSeconds,
    },
    deps.now(),
  );
  await act(seen, watch, settling, deps);
}

async function act(seen: Look, watch: Watch, settling: Settling, deps: SweeperDeps): Promise<void> {
  const entryNumber = settling.entries.at(-1)?.number ?? 0;
  const lookAgain = () => arm(watch, deps.now(), doubled(watch.intervalSeconds), entryNumber, deps);
  // Where the lane has moved meanwhile the watch stays due: the next run decides anew.
  const lookAgainUnless = (outcome: Committed) => (outcome === 'moved' ? undefined : lookAgain());
  switch (seen.kind) {
    case 'remove':
      await write([disarmWatch(deps.stateTable, watch)], deps);
      return;
    case 'again': {
      const next = { ...watch, dueAt: seen.at, intervalSeconds: seen.intervalSeconds, entryNumber };
      await replace(watch, next, deps);
      return;
    }
    case 'send': {
      const generation = settling.entries.at(-1)?.generation ?? 0;
      const purpose = `sweep:${watch.dueAt.toISOString()}` as const;
      await deps.send({ event: watch.key, generation, lane: settling.laneName, purpose });
      await lookAgain();
      return;
    }
    case 'pass-turn': {
      const holder = seen.of === 'this' ? watch.key : settling.lane?.turn;
      await lookAgainUnless(await releaseTurn(holder, settling, seen.released, deps));
      return;
    }
    case 'end-gap':
      await lookAgainUnless(await closeGap(settling, deps));
  }
}

type Committed = 'committed' | 'moved';

/** Takes the turn from an event that will not use it. */
async function releaseTurn(
  holder: EventKey | undefined,
  { sourceName, rules, laneName }: Settling,
  released: boolean,
  deps: SweeperDeps,
): Promise<Committed> {
  const source = deps.sources[sourceName];
  if (holder === undefined || source === undefined) return 'moved';
  // The lane before the event: whoever gives it the turn anew after this read changes the lane's version. Its own record may say that it
  // has no lane any more, where the source gave up its rules; those who wait still have.
  const lane = await deps.lanes.read(laneName);
  const held = await readSettling(holder, sourceName, source, deps);
  const newest = held.entries.at(-1);
  if (newest === undefined || lane?.turn !== holder) return 'moved';
  if (released ? !isAtRest(newest.state) : !isFinal(newest.state)) return 'moved';
  const passing = released ? { ...rules, onExhausted: 'continue' as const } : rules;
  const move = await passTurn(lane, held.candidate, newest.state, { laneName, rules: passing }, deps);
  const reason = 'the hold is over';
  const note = released ? [deps.ledger.notePut(holder, { what: 'released', actor, reason })] : [];
  return await commit(laneName, { ...move, items: [...move.items, ...note] }, deps);
}

/** A gap lasted long enough: the first waiting event runs, or fails without a message, as the source says. */
async function closeGap({ lane, rules, sourceName }: Settling, deps: SweeperDeps): Promise<Committed> {
  const source = deps.sources[sourceName];
  if (lane === undefined || source === undefined) return 'moved';
  const reason = `what it waited for did not come within ${rules.gapTimeoutSeconds} s`;
  if (rules.onGap === 'run') {
    const move = await endGap(lane, rules, deps);
    if (move.promised === undefined) return 'moved';
    const note = deps.ledger.notePut(move.promised.event, { what: 'released', actor, reason });
    return await commit(lane.lane, { ...move, items: [...move.items, note] }, deps);
  }
  for await (const { key } of deps.lanes.waiting(lane.lane)) {
    const first = await readSettling(key, sourceName, source, deps);
    if (first.leaves === undefined) return 'moved';
    const entry: NewEntry = {
      ...following(first.entries.at(-1)),
      state: 'failed',
      cause: 'gap',
      actor,
      error: { name: 'GapTimeout', message: reason },
    };
    const settled = await settle(first, entry, [], deps);
    return settled.kind === 'appended' ? 'committed' : 'moved';
  }
  return 'moved';
}

async function commit(lane: string, move: LaneMove, deps: SweeperDeps): Promise<Committed> {
  const outcome = await deps.lanes.commit(move.items);
  if (outcome === 'committed') await keepPromise(lane, move.promised, deps);
  return outcome;
}

async function arm(
  watch: Watch,
  now: Date,
  intervalSeconds: number,
  entryNumber: number,
  deps: SweeperDeps,
): Promise<void> {
  const dueAt = new Date(now.getTime() + intervalSeconds * 1000);
  await replace(watch, { ...watch, dueAt, intervalSeconds, entryNumber }, deps);
}

const replace = (old: Watch, next: Watch, deps: SweeperDeps) =>
  write([armWatch(deps.stateTable, next), disarmWatch(deps.stateTable, old)], deps);

async function write(TransactItems: TransactItem[], deps: SweeperDeps): Promise<void> {
  await deps.dynamodb.send(new TransactWriteCommand({ TransactItems }));
}
