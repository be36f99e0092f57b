import type { Log } from '../../functions/api/handler.ts';
import { tables } from '../../functions/runtime/settings.ts';
import type { GateMemory } from '../../functions/lane/gates.ts';
import type { Source } from '../../functions/sources/source.ts';
import { partsOfName, withSubscribers } from '../../functions/sources/subscribers.ts';
import { Actor } from './actor.ts';
import { effectsTable, ledgerTable, stateTable, type Process } from './composition.ts';
import { DynamoDbModel } from './dynamodb/model.ts';
import { History } from './history.ts';
import { describe, dynamodbClient, sqsClient, type Network } from './network.ts';
import { Queues } from './queues.ts';
import { Random } from './random.ts';
import { subscribersOf, type FaultRates, type Plan, type Policy } from './scenario.ts';
import { Scheduler } from './scheduler.ts';
import { current, type Version } from './version.ts';

export const startAt = Date.UTC(2026, 10, 24, 12);
const silent = () => undefined;

const healthy: FaultRates = {
  crash: 0,
  pause: 0,
  longestPauseMs: 1000,
  longestLatencyMs: 10,
  slow: 0.1,
  longestOperatorLatencyMs: 100,
  lostAnswer: 0,
  lateRequest: 0,
  throttle: 0,
  conflict: 0,
  lostReceive: 0,
  duplicateDelivery: 0,
  lateInvocation: 0,
  sweeperTwice: 0,
  sweeperAgain: 0,
};

/** A minute of a shard of a source, by its key in the ledger's index. */
export interface StoredMinute {
  readonly source: string;
  readonly shard: string;
  readonly at: number;
}

function minuteIn(key: string): StoredMinute {
  const [source = '', minute, shard = ''] = key.split('#');
  return { source, shard, at: Date.parse(`${minute}Z`) };
}

type Policies = Readonly<Record<string, Policy>>;

export interface WorldOptions {
  readonly queues: {
    readonly maxReceiveCount: number;
    readonly visibilityTimeoutSeconds: number;
    readonly feeder: { readonly maxReceiveCount: number; readonly visibilityTimeoutSeconds: number };
  };
  /** Of the functions, which run side by side: each host has one of them (default: the version that is here). */
  readonly versions?: readonly [Version, ...Version[]] | undefined;
  /** Hears every step; costly. */
  readonly tell?: ((line: string) => void) | undefined;
  /** Hears every command that reaches its service, and whose it is. */
  readonly hear?: ((actor: string, command: object) => void) | undefined;
}

export interface RunningProcess extends Process {
  readonly actor: Actor;
  /** Whose code it runs. */
  readonly version: Version;
}

/** Everything that a history happens in: time, tables, queues, who knows which rules, and what goes wrong. */
export class World {
  readonly plan: Plan;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly history = new History();
  readonly dynamodb: DynamoDbModel;
  readonly queues: Queues;
  readonly network: Network;
  readonly trace: (line: string) => void;
  readonly isTold: boolean;
  /** Called after every change of a queue. */
  onQueueChange: () => void = silent;
  /** Called at every receive that reaches a function. */
  onReceived: (event: string) => void = silent;
  isHealed = false;
  #actor = 'nobody';
  #commits = 0;
  #ids = 0;
  readonly #policies: {
    readonly at: number;
    readonly source: string;
    readonly policy: Policy | undefined;
  }[] = [];
  /** Of every event that was stored, or of which something was recorded. */
  readonly #events = new Set<string>();
  /** In which the stored events were accepted. */
  readonly minutes: StoredMinute[] = [];
  readonly #versions: readonly [Version, ...Version[]];
  readonly #sourceOfPolicy = new Map<Version, Map<Policy, Source>>();
  readonly #sources = new Map<Version, Map<Policies, Readonly<Record<string, Source>>>>();
  readonly #actors = new Map<string, number>();
  readonly #memories = new Map<string, GateMemory>();

  constructor(plan: Plan, options: WorldOptions) {
    this.plan = plan;
    this.#versions = options.versions ?? [current];
    this.random = new Random(plan.seed);
    this.scheduler = new Scheduler(startAt, this.random.fork('scheduler'));
    const now = () => this.scheduler.now;
    this.isTold = options.tell !== undefined;
    const { tell } = options;
    this.trace = tell ? (line) => tell(`${timeIn(now())}  ${line}`) : silent;
    this.dynamodb = new DynamoDbModel({
      now,
      onWrite: (write) => {
        this.history.add({ kind: 'written', at: now(), actor: this.#actor, commit: this.#commits, ...write });
        if (write.sk === 'EVENT' || write.sk.startsWith('LOG#')) this.#events.add(write.pk);
        if (write.sk !== 'EVENT' || write.after === undefined) return;
        this.minutes.push(minuteIn(String(write.after.minute)));
      },
    });
    this.dynamodb.createTable(ledgerTable, tables.ledger);
    this.dynamodb.createTable(stateTable, tables.state);
    this.dynamodb.createTable(effectsTable, { partitionKey: 'pk', sortKey: 'sk', indexes: {} });
    this.#blurReads();
    this.queues = new Queues({
      now,
      history: this.history,
      ...options.queues,
      limits: plan.queueLimits,
      at: (time, act) => {
        this.scheduler.at(time, act);
      },
      onChange: () => {
        this.onQueueChange();
      },
    });
    this.network = {
      dynamodb: this.dynamodb,
      queues: this.queues,
      isDown: (what) => this.#isDown(what),
      faults: () => this.faults,
      asActor: (actor, work) => this.#as(actor, work),
      trace: this.trace,
      hear: options.hear ?? silent,
      onUnheard: (actor) => {
        this.history.add({ kind: 'unheard', at: now(), actor });
      },
      describe: this.isTold ? describe : () => '',
      underway: new Map(),
      later: (delayMs, act) => {
        this.scheduler.after(delayMs, act);
      },
    };
    for (const [source, policy] of Object.entries(plan.sources)) this.setPolicy(source, policy);
    for (const { what, from, to } of plan.outages)
      this.history.add({ kind: 'outage', at: startAt + from, what, until: startAt + to });
  }

  get faults(): FaultRates {
    return this.isHealed ? healthy : this.plan.faults;
  }

  /** In ms since the history began. */
  get elapsed(): number {
    return this.scheduler.now - startAt;
  }

  newId = (): string => `id${++this.#ids}`;

  isEvent = (key: string): boolean => this.#events.has(key);

  /** Undefined: the source is taken out of the configuration. */
  setPolicy(source: string, policy: Policy | undefined): void {
    this.#policies.push({ at: this.scheduler.now, source, policy });
    this.history.add({ kind: 'policy', at: this.scheduler.now, source, policy });
  }

  isTakenOut = (source: string): boolean =>
    this.#policies.findLast((change) => change.source === source)?.policy === undefined;

  /** A process that begins now; `host` decides its clock and when it has heard of new rules. */
  process(
    kind: string,
    host: string,
    options: { readonly onDeath?: () => void; readonly isInstant?: boolean } = {},
  ): RunningProcess {
    const number = (this.#actors.get(kind) ?? 0) + 1;
    this.#actors.set(kind, number);
    const name = `${kind}/${number}`;
    const hostRandom = this.random.fork(host);
    const skewMs = this.isHealed ? 0 : Math.round((hostRandom.next() * 2 - 1) * this.plan.skewMs);
    const lateMs = this.isHealed ? 0 : hostRandom.int(0, 60_000);
    const faults = this.#faultsOf(kind);
    const world = { scheduler: this.scheduler, faults, trace: this.trace };
    const actor = new Actor(name, world, {
      random: this.random,
      skewMs,
      isInstant: options.isInstant ?? false,
      onDeath: () => {
        this.history.add({ kind: 'died', at: this.scheduler.now, actor: name });
        this.#memories.delete(host);
        options.onDeath?.();
      },
      onPause: (until) => {
        this.history.add({ kind: 'paused', at: this.scheduler.now, actor: name, until });
      },
    });
    const policies = this.#policiesKnown(this.scheduler.now - lateMs);
    this.history.add({ kind: 'began', at: this.scheduler.now, actor: name, skewMs, policies });
    const version = this.#versionOf(host);
    return {
      actor,
      version,
      connect: (tries) => ({
        dynamodb: dynamodbClient(actor, this.network, tries),
        sqs: sqsClient(actor, this.network, tries),
      }),
      sources: this.#sourcesOf(policies, version),
      newId: this.newId,
      log: this.#log(name),
      memory: this.#memoryOf(host),
    };
  }

  #memoryOf(host: string): GateMemory {
    const memory = this.#memories.get(host) ?? {};
    this.#memories.set(host, memory);
    return memory;
  }

  /** Sets off something that goes on by itself; what it throws is only told. */
  go(what: string, work: () => Promise<unknown>): void {
    work().catch((error: unknown) => {
      this.trace(`${what} failed: ${String(error)}`);
    });
  }

  /** An index learns of an item late; a page may end before it has to. */
  #blurReads(): void {
    const random = this.random.fork('reads');
    for (const table of this.dynamodb.tables.values()) {
      table.indexLagMs = () => (this.isHealed ? 0 : random.int(0, 2000));
    }
    this.dynamodb.pageItems = () => (random.chance(0.2) ? random.int(1, 3) : Infinity);
  }

  /** Consoles are far away. Of a sweeper with dozens of calls one in a hundred crashes would leave next to none that goes through. */
  #faultsOf(kind: string): () => FaultRates {
    const own = (faults: FaultRates): FaultRates =>
      kind === 'operator'
        ? { ...faults, slow: 0.5, longestLatencyMs: faults.longestOperatorLatencyMs }
        : kind === 'sweeper'
          ? { ...faults, crash: faults.crash / 4 }
          : faults;
    const [sick, healed] = [own(this.plan.faults), own(healthy)];
    return () => (this.isHealed ? healed : sick);
  }

  #policiesKnown(at: number): Policies {
    if (this.#policies.length === Object.keys(this.plan.sources).length) return this.plan.sources;
    const known = new Map<string, Policy | undefined>();
    for (const change of this.#policies) {
      if (!known.has(change.source) || change.at <= at) known.set(change.source, change.policy);
    }
    return Object.fromEntries(
      [...known].flatMap(([source, policy]) => (policy === undefined ? [] : [[source, policy]])),
    );
  }

  /** A host keeps its version. Of several, both are at work from the first event to the last. */
  #versionOf(host: string): Version {
    const [first, ...others] = this.#versions;
    return others.length === 0 ? first : this.random.fork(`version of ${host}`).pick(this.#versions);
  }

  #sourcesOf(policies: Policies, version: Version): Readonly<Record<string, Source>> {
    return remembered(this.#sources, version, policies, () => {
      const each = Object.entries(policies).map(([source, policy]): [string, Source] => [
        source,
        this.#sourceOf(policy, version),
      ]);
      const own = Object.fromEntries(each.filter(([name]) => partsOfName(name).subscriber === undefined));
      return withSubscribers({ sources: own, subscribers: subscribersOf(policies) });
    });
  }

  #sourceOf(policy: Policy, version: Version): Source {
    return remembered(this.#sourceOfPolicy, version, policy, () => version.sourceOf(policy));
  }

  #isDown(what: 'ledger' | 'queue'): boolean {
    if (this.isHealed) return false;
    return this.plan.outages.some(
      (outage) => outage.what === what && outage.from <= this.elapsed && this.elapsed < outage.to,
    );
  }

  #as<T>(actor: string, work: () => T): T {
    this.#actor = actor;
    this.#commits++;
    try {
      return work();
    } finally {
      this.#actor = 'nobody';
    }
  }

  #log(name: string): Log {
    const tell = (message: string, fields: Record<string, unknown> = {}) => {
      const { error } = fields;
      // By its name: each version that plays has a class of its own.
      if (error instanceof Error && error.name === 'TransitionError')
        this.history.add({ kind: 'refused', at: this.scheduler.now, actor: name, why: error.message });
      this.trace(`${name} logs: ${message}${error instanceof Error ? ` (${String(error)})` : ''}`);
    };
    return { debug: silent, info: silent, warn: tell, error: tell };
  }
}

function remembered<Key, Value>(
  all: Map<Version, Map<Key, Value>>,
  version: Version,
  key: Key,
  make: () => Value,
): Value {
  const ofVersion = all.get(version) ?? new Map<Key, Value>();
  all.set(version, ofVersion);
  const known = ofVersion.get(key);
  if (known !== undefined) return known;
  const made = make();
  ofVersion.set(key, made);
  return made;
}

const timeIn = (now: number): string => new Date(now).toISOString().slice(11, 23);
