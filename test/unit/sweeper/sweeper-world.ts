import { none, PermanentError, source, type Handler, type SourceOptions } from 'hooklane';
import type { MessageToSend } from '../../../functions/lane/send-lane-message.ts';
import type { EventKey } from '../../../functions/ledger/keys.ts';
import { shardsPerMinute } from '../../../functions/ledger/keys.ts';
import { lastSettledMinute, moveCursor } from '../../../functions/sweeper/cursor.ts';
import type { SweepDeps, SweeperDeps } from '../../../functions/sweeper/deps.ts';
import { sweep } from '../../../functions/sweeper/sweep.ts';
import { startedAt, startWorld, type Database, type WorldOptions } from '../world.ts';

/** Of the sweeper function: 60 s, of which 10 are left for ending in good order. */
const runSeconds = 50;

export const maxConcurrency = 10;

/** A world that is swept, with one source, whose handler fails for events of the type `broken` as long as that is not repaired. */
export async function startSweptWorld(
  database: Database,
  options: Partial<SourceOptions> = {},
  more: Partial<WorldOptions> = {},
) {
  const shop = { isBroken: true, whenCalled: (_eventId: string): void | Promise<void> => undefined };
  const runs: { readonly eventId: string; readonly afterSeconds: number }[] = [];
  const handler: Handler = async ({ type, eventId }, ctx) => {
    await shop.whenCalled(eventId);
    if (type === 'broken' && shop.isBroken) throw new PermanentError('the shop is broken');
    runs.push({ eventId, afterSeconds: (ctx.now().getTime() - startedAt.getTime()) / 1000 });
  };
  const acme = source({ verify: none(), id: 'id', lane: 'customer', ...options });
  const world = await startWorld(database, {
    sources: { acme },
    handlers: { 'acme/*': handler },
    ...more,
  });

  /** What sweepers sent, with the hand-overs of theirs. */
  const sent: (MessageToSend & { readonly afterSeconds: number })[] = [];
  let received = 0;
  const afterSeconds = () => (world.now().getTime() - startedAt.getTime()) / 1000;

  const sweeperDeps = (over: Partial<SweeperDeps> = {}): SweeperDeps => ({
    ...world.deps,
    dynamodb: world.dynamodb,
    ledgerTable: world.ledgerTable,
    send: async (message) => {
      await world.deps.send(message);
      sent.push({ ...message, afterSeconds: afterSeconds() });
    },
    queue: async () => {
      const found = world.engine.attributes('lanes.fifo');
      return {
        visible: Number(found.ApproximateNumberOfMessages),
        inFlight: Number(found.ApproximateNumberOfMessagesNotVisible),
      };
    },
    maxConcurrency,
    visibilityTimeoutSeconds: 180,
    deadline: new Date(world.now().getTime() + runSeconds * 1000),
    ...over,
  });

  const sweepDeps = (over: Partial<SweeperDeps> = {}): SweepDeps => ({
    ...sweeperDeps(over),
    failed: (_, error) => {
      throw error;
    },
  });

  /** The processor takes what comes until then. */
  async function workUntil(untilSeconds: number): Promise<void> {
    const until = startedAt.getTime() + untilSeconds * 1000;
    const passTo = (ms: number) => world.passSeconds(Math.max(0, ms - world.now().getTime()) / 1000);
    for (;;) {
      while (await world.processNext()) received++;
      const next = world.engine.nextReadyAt('lanes.fifo');
      if (next === undefined || next > until) break;
      passTo(next);
    }
    passTo(until);
  }

  // As a sweeper that has been running for a while has them: the first look of all goes back an hour.
  for (const name of Object.keys(world.deps.sources)) {
    for (let shard = 0; shard < shardsPerMinute; shard++) {
      await moveCursor(name, shard, { next: lastSettledMinute(startedAt) }, sweeperDeps());
    }
  }

  return {
    ...world,
    shop,
    runs,
    sent,
    sweeperDeps,
    sweepDeps,
    workUntil,
    afterSeconds,
    /** Messages the processor was given. */
    received: () => received,
    sweep: (over: Partial<SweeperDeps> = {}) => sweep(sweeperDeps(over)),

    /** Time passes until then, with a processor at work and so many sweepers at once every minute, the first ones at `from`. */
    async live(untilSeconds: number, { sweepers = 1, from = afterSeconds() } = {}): Promise<void> {
      for (let at = from; at <= untilSeconds; at += 60) {
        await workUntil(at);
        await Promise.all(Array.from({ length: sweepers }, () => sweep(sweeperDeps())));
      }
      await workUntil(untilSeconds);
    },

    /** What each of them came to. */
    finals: (keys: readonly EventKey[]) =>
      Promise.all(keys.map(async (key) => (await world.ledger.newest(key))?.state ?? 'pending')),

    async notes(key: EventKey): Promise<string[]> {
      return (await world.ledger.readWithNotes(key)).notes.map(({ what }) => what);
    },
  };
}

export type SweptWorld = Awaited<ReturnType<typeof startSweptWorld>>;
