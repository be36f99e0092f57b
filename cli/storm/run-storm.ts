import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { localClientConfig } from '../../local/client-config.ts';
import { packageFile } from '../../functions/config/package-file.ts';
import { startCloud, type Cloud } from '../../local/start-cloud.ts';
import { tableName } from '../../local/dynamodb/dynamodb.ts';
import { CommandError } from '../command-error.ts';
import { opsClient, type OpsClient } from '../operations/ops-client.ts';
import type { Progress } from '../terminal/progress.ts';
import { judge, type Verdict } from './judge.ts';
import type { ObservedEvent, Told } from './observed.ts';
import { sendBadInput, sendStorm } from './send-storm.ts';
import { startSink } from './sink.ts';
import { makeStorm, type StormEvent } from './weather.ts';

export interface StormOptions {
  readonly events: number;
  readonly seed: number;
  /** How many processes of the processor are killed while they work. */
  readonly kills: number;
  /** How long everything may take to come to rest. */
  readonly timeoutSeconds: number;
  /** Other handlers of the storm's sources, to see a guarantee break. */
  readonly handlersFile?: string | undefined;
}

/**
 * Blows upon a gateway of its own, with an application of its own: copies at the same time, disorder, bad input, attempts that fail, lanes that are
 * held and repaired, processes that are killed. Then holds audit, effects and the sink's calls to the guarantees.
 */
export async function runStorm(options: StormOptions, progress: Progress): Promise<readonly Verdict[]> {
  const storm = makeStorm(options.events, options.seed);
  const byName = new Map(storm.events.map((event) => [`${event.source}#${event.eventId}`, event]));
  const repaired = new Set<string>();
  const sink = await startSink((event, nth) => {
    const fails = byName.get(event)?.fails ?? 0;
    if (fails === 'for good') return repaired.has(event) ? 200 : 422;
    return nth < fails ? 500 : 200;
  });
  const dataFolder = mkdtempSync(join(tmpdir(), 'hooklane-storm-'));
  let cloud: Cloud | undefined;
  try {
    progress.show('starting a gateway');
    cloud = await startCloud({
      dataFolder,
      port: 0,
      configFile: packageFile('cli/storm/application/storm.config.ts'),
      handlersFile: options.handlersFile ?? packageFile('cli/storm/application/storm.handlers.ts'),
      environment: { STORM_SINK: sink.url },
      drainMs: 0,
    });
    const client = opsClient(
      { url: cloud.url, where: 'the gateway of the storm' },
      { fetch, now: () => new Date() },
    );
    const running = { cloud, client, progress, deadline: Date.now() + options.timeoutSeconds * 1000 };

    const killing = killWorkers(cloud, options.kills);
    let sent = 0;
    const told = await sendStorm(storm.events, cloud, options.seed, () =>
      progress.show('events sent', ++sent, storm.events.length),
    );
    const bad = await sendBadInput(cloud);
    await killing;

    const held = new Set(storm.heldLanes);
    const free = storm.events.filter(({ lane }) => !held.has(lane));
    const delayed = await untilProcessed(free, running);
    const heads = storm.events.filter(({ fails }) => fails === 'for good');
    for (const head of heads) await redrive(head, repaired, running);
    await untilProcessed(storm.events, running);

    const events = await Promise.all(
      storm.events.map((event) => observe(event, told.get(event) ?? [], client)),
    );
    const { value: attention } = await client.ask('listAttention');
    return judge({
      events,
      calls: sink.calls,
      effects: await readEffects(cloud),
      bad,
      heldLanes: storm.heldLanes,
      delayed,
      attention: attention.items.map(({ source, eventId = '', reason }) => `${source}#${eventId}: ${reason}`),
    });
  } finally {
    await cloud?.close();
    await sink.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

interface Running {
  readonly client: OpsClient;
  readonly progress: Progress;
  readonly deadline: number;
}

const nameOf = ({ source, eventId }: StormEvent) => `${source}#${eventId}`;
const named = ({ source, eventId }: StormEvent) => ({ named: { source, eventId } });

/** What is not processed when the time is over. */
async function untilProcessed(
  events: readonly StormEvent[],
  { client, progress, deadline }: Running,
): Promise<readonly string[]> {
  let open = events;
  while (open.length > 0 && Date.now() < deadline) {
    progress.show('events processed', events.length - open.length, events.length);
    const states = await Promise.all(open.map((event) => stateOf(event, client)));
    open = open.filter((_, n) => states[n] !== 'processed');
    if (open.length > 0) await sleep(200);
  }
  return open.map(nameOf);
}

async function stateOf(event: StormEvent, client: OpsClient): Promise<string | undefined> {
  return await orUnknown(async () => (await client.ask('readEvent', named(event))).value.state);
}

async function orUnknown<T>(asked: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked();
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** The head of a held lane, once it has failed: from now on the sink takes it. */
async function redrive(
  head: StormEvent,
  repaired: Set<string>,
  { client, deadline }: Running,
): Promise<void> {
  while ((await stateOf(head, client)) !== 'failed' && Date.now() < deadline) await sleep(100);
  repaired.add(nameOf(head));
  await orUnknown(() => client.ask('redrive', { ...named(head), body: { reason: 'the sink is repaired' } }));
}

async function observe(event: StormEvent, told: readonly Told[], client: OpsClient): Promise<ObservedEvent> {
  const audit = await orUnknown(async () => (await client.ask('readAudit', named(event))).value.items);
  return {
    source: event.source,
    eventId: event.eventId,
    lane: event.lane,
    place: event.place,
    told,
    state: await stateOf(event, client),
    audit: (audit ?? []).map(({ what }) => what),
  };
}

const betweenKillsMs = 500;

async function killWorkers(cloud: Cloud, kills: number): Promise<void> {
  for (let n = 0; n < kills; n++) {
    await sleep(betweenKillsMs);
    const pids = cloud.functionPids()['processor'] ?? [];
    const pid = pids[n % Math.max(1, pids.length)];
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }
}

const effectItem = z.object({ lane: z.string(), effects: z.array(z.string()) });

async function readEffects({ dynamodb }: Cloud): Promise<ReadonlyMap<string, readonly string[]>> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(localClientConfig(dynamodb)));
  try {
    const effects = new Map<string, readonly string[]>();
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: tableName('effects'),
          ConsistentRead: true,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of z.array(effectItem).parse(page.Items ?? [])) effects.set(item.lane, item.effects);
      start = page.LastEvaluatedKey;
    } while (start);
    return effects;
  } finally {
    client.destroy();
  }
}
