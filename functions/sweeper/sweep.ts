import { dueShards } from '../lane/due.ts';
import { readGates } from '../lane/gates.ts';
import { parseEventKey, shardsPerMinute } from '../ledger/keys.ts';
import { readCursor, type Cursor } from './cursor.ts';
import type { SweepDeps, SweeperDeps } from './deps.ts';
import { inRotation } from './in-turn.ts';
import { sweepDue } from './sweep-due.ts';
import { sweepGate } from './sweep-gate.ts';
import { sweepLetters } from './sweep-letters.ts';
import { reportLateness, secondsBehind, standsInLine, sweepShard } from './sweep-minutes.ts';

/** What one run did: events, lanes and attention items that it looked at, messages it sent, letters it took away. */
export interface Swept {
  readonly events: number;
  readonly lanes: number;
  readonly attention: number;
  readonly sent: number;
  readonly letters: number;
  /** How far it is behind with the source that it is latest with; it is on time where this is 0. */
  readonly lateSeconds: number;
}

const looksAtOnce = 24;

/**
 * One run: every minute. Finds what is stored but not queued, promised but not sent, and lanes whose turn or deadline is lost, and moves
 * it on. What is due and what is new, sources and shards are served in rotation, so that none keeps it from another. Two runs at once, or
 * one that is run again, are harmless: every send carries a deduplication id, every move its condition. One item that cannot be looked at
 * keeps it from no other: it throws once it has looked at them.
 */
export async function sweep(sweeper: SweeperDeps): Promise<Swept> {
  const failures: unknown[] = [];
  const failed = (about: string, error: unknown): void => {
    sweeper.log.error('the sweeper could not look at something', { about, error });
    failures.push(error);
  };
  const counts = { events: 0, lanes: 0, attention: 0, sent: 0 };
  const inTurn = inRotation(looksAtOnce, () => sweeper.now() >= sweeper.deadline);
  const cursors = new Map<string, readonly Cursor[]>();
  const orFail = async <T>(about: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      failed(about, error);
      return undefined;
    }
  };
  const gates = await orFail('gates', () => readGates(sweeper));
  const deps: SweepDeps = {
    ...sweeper,
    inTurn,
    isPaused: (source) => gates?.get(source)?.isPaused ?? gates === undefined,
    failed,
    count: (what) => {
      counts[what]++;
    },
    standsInLine: (lane, acceptedAt) =>
      standsInLine(cursors.get(parseEventKey(lane)?.source ?? '') ?? [], lane, acceptedAt, sweeper.now()),
  };
  const sources = Object.keys(sweeper.sources);
  await Promise.all(
    sources.map((source) =>
      orFail(source, async () => {
        const read = await Promise.all(
          shards(shardsPerMinute).map((shard) =>
            inTurn(source, () => readCursor(source, shard, deps.now(), deps)),
          ),
        );
        if (!read.includes(undefined))
          cursors.set(
            source,
            read.flatMap((cursor) => cursor ?? []),
          );
      }),
    ),
  );
  let lateSeconds = 0;
  const [letters] = await Promise.all([
    orFail('letters', () => sweepLetters(deps)),
    ...shards(dueShards).map((shard) => orFail(`due ${shard}`, () => sweepDue(shard, deps))),
    ...[...(gates ?? [])].map(([name, gate]) => orFail(`gate ${name}`, () => sweepGate(gate, deps))),
    ...[...cursors].map(([source, before]) =>
      orFail(source, async () => {
        const after = await Promise.all(
          before.map((cursor, shard) => sweepShard(source, shard, cursor, deps)),
        );
        lateSeconds = Math.max(lateSeconds, secondsBehind(after, deps.now()));
        await reportLateness(source, before, after, deps);
      }),
    ),
  ]);
  if (failures.length > 0) throw new Error(`${failures.length} looks failed`, { cause: failures[0] });
  return { ...counts, letters: letters ?? 0, lateSeconds };
}

const shards = (count: number): readonly number[] => Array.from({ length: count }, (_, shard) => shard);
