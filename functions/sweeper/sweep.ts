import { dueShards } from '../lane/due.ts';
import { readGates } from '../lane/gates.ts';
import { parseEventKey, shardsPerMinute } from '../ledger/keys.ts';
import { readCursor, type Cursor } from './cursor.ts';
import type { SweepRun, SweeperDeps } from './deps.ts';
import { inRotation } from './in-turn.ts';
import { sweepDue } from './sweep-due.ts';
import { sweepGate } from './sweep-gate.ts';
import { sweepLetters } from './sweep-letters.ts';
import { reportLateness, secondsBehind, standsInLine, sweepShard } from './sweep-minutes.ts';

/** What one run did: events, lanes and attention items that it checked, messages it sent, dead letters it removed. */
export interface Swept {
  readonly events: number;
  readonly lanes: number;
  readonly attention: number;
  readonly sent: number;
  readonly letters: number;
  /** How far the sweeper is behind with its latest source; 0: on time. */
  readonly lateSeconds: number;
}

const checksAtOnce = 24;

/**
 * One run, every minute. Finds events that are stored but not queued, messages that were promised but not sent, and lanes whose turn or
 * deadline is over, and moves them on. Due items and new events, sources and shards are served in rotation, so that none delays another.
 * Two runs at once, or a repeated run, are harmless: every send has a deduplication id, every change its condition. An item that cannot
 * be checked delays no other; the run fails at its end.
 */
export async function sweep(sweeper: SweeperDeps): Promise<Swept> {
  const failures: unknown[] = [];
  const failed = (about: string, error: unknown): void => {
    sweeper.log.error('the sweeper could not check something', { about, error });
    failures.push(error);
  };
  const counts = { events: 0, lanes: 0, attention: 0, sent: 0 };
  const inTurn = inRotation(checksAtOnce, () => sweeper.now() >= sweeper.deadline);
  const cursors = new Map<string, readonly Cursor[]>();
  const orFail = async <T>(about: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      failed(about, error);
      return undefined;
    }
  };
  const deps: SweepRun = {
    ...sweeper,
    inTurn,
    failed,
    count: (what) => {
      counts[what]++;
    },
    standsInLine: (lane, acceptedAt) =>
      standsInLine(cursors.get(parseEventKey(lane)?.source ?? '') ?? [], lane, acceptedAt, sweeper.now()),
  };
  const [gates] = await Promise.all([
    orFail('gates', () => inTurn('gates', () => readGates(sweeper))),
    ...Object.keys(sweeper.sources).map((source) =>
      orFail(source, async () => {
        const read = await Promise.all(
          shards(shardsPerMinute).map((shard) =>
            inTurn(source, () => readCursor(source, shard, deps.now(), deps)),
          ),
        );
        const known = read.filter((cursor) => cursor !== undefined);
        if (known.length === read.length) cursors.set(source, known);
      }),
    ),
  ]);
  let lateSeconds = 0;
  const [letters] = await Promise.all([
    orFail('letters', () => sweepLetters(deps)),
    ...shards(dueShards).map((shard) => orFail(`due ${shard}`, () => sweepDue(shard, deps))),
    ...[...(gates ?? [])].map(([name, gate]) => orFail(`gate ${name}`, () => sweepGate(name, gate, deps))),
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
  if (failures.length > 0) throw new Error(`${failures.length} checks failed`, { cause: failures[0] });
  return { ...counts, letters: letters ?? 0, lateSeconds };
}

const shards = (count: number): readonly number[] => Array.from({ length: count }, (_, shard) => shard);
