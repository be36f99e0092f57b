import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { CfnOutput, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { refuseMistakes } from '../functions/api/config-error.ts';
import type { Config } from '../functions/config/config.ts';
import { packageFile } from '../functions/config/package-file.ts';
import { queueSettings } from '../functions/runtime/queue-settings.ts';
import {
  functionSettings,
  metricNamespace,
  ownFunctionSettings,
  routesOf,
  type FunctionName,
  type FunctionSettings,
} from '../functions/runtime/settings.ts';
import { Alarms, type AlarmOptions } from './alarms/alarms.ts';
import { gatewayAlarms, type WatchedFunction, type WatchedGateway } from './alarms/gateway-alarms.ts';
import { gatewayDashboard } from './alarms/gateway-dashboard.ts';
import { LogMetrics } from './alarms/log-metrics.ts';
import { BodyBucket } from './constructs/body-bucket.ts';
import { bundling } from './constructs/bundling.ts';
import { DeadLetterFeeder } from './constructs/dead-letter-feeder.ts';
import type { GatewayDomain } from './constructs/gateway-domain.ts';
import { grantKey, type CustomerKey } from './constructs/encryption.ts';
import { HandlerTables } from './constructs/handler-tables.ts';
import { HooklaneFunction } from './constructs/hooklane-function.ts';
import { WebhookApi } from './constructs/http-api.ts';
import { LaneQueue } from './constructs/lane-queue.ts';
import { LedgerArchive, type ArchiveOptions } from './constructs/ledger-archive.ts';
import { watchLedger } from './constructs/ledger-watch.ts';
import { LedgerTable } from './constructs/ledger-table.ts';
import { pathInStack } from './constructs/logical-id.ts';
import { OperatorPolicies } from './constructs/operator-policies.ts';
import { SourceSecrets } from './constructs/source-secrets.ts';
import { StateTable } from './constructs/state-table.ts';
import { SweeperSchedule } from './constructs/sweeper-schedule.ts';

export interface WebhookGatewayProps {
  /** Seen from the working directory (default `hooklane.config.ts`). */
  readonly configFile?: string;
  /** Default `handlers/index.ts` beside the configuration. */
  readonly handlersFile?: string;
  /** What names begin with, where a provider or an operator needs a name: of secrets and of the API (default: stack and construct). */
  readonly prefix?: string;
  /** Stands behind the prefix: `production`, `test`. Default none. */
  readonly stage?: string;
  /** Default: the address that API Gateway makes. */
  readonly domain?: GatewayDomain;
  /** Secrets that are there already, by source: a JSON list each, newest first. Default: one is made, without a value. */
  readonly secrets?: Readonly<Record<string, ISecret>>;
  /** Variables of the handlers and of your own functions. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the handlers and of your own functions. */
  readonly layers?: readonly ILayerVersion[];
  /** Where all functions run (default: in none). */
  readonly vpc?: IVpc;
  /** By function: `ingest`, `processor`, `dead-letter`, `sweeper`, `ops`, `ledger-watch`, `archive`. Your own say it in the configuration. */
  readonly memoryMb?: Readonly<Partial<Record<FunctionName, number>>>;
  /**
   * Kept for a function out of the account's concurrency, and its most. Default: none is kept, since a new account has too little to keep. Of the
   * processor not below `processor.maxConcurrency`: what is throttled there counts as received.
   */
  readonly reservedConcurrency?: Readonly<Partial<Record<FunctionName, number>>>;
  /** Default a month. */
  readonly logRetention?: RetentionDays;
  /** How long the largest bodies are kept (default: as the source that keeps them longest). */
  readonly bodyRetentionDays?: number;
  /**
   * Of tables, queues, secrets and the bucket (default `RETAIN_ON_UPDATE_OR_DELETE`: they outlive the stack, but not a first deployment that failed).
   * `DESTROY` is for tests.
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Of tables, queues, secrets and buckets; the functions may use it. Default: the services' own keys, which cost nothing. Log groups and the topic of alarms
   * hold no bodies and no secrets, and keep the services' keys.
   */
  readonly encryptionKey?: IKey;
  /** Protects the stack from deletion, and tags what is in it with `hooklane: <prefix>` (default false). */
  readonly production?: boolean;
  /**
   * Makes the managed policies `HooklaneRead` and `HooklaneOperate` to attach to people's roles (default false: a stack whose policy somebody has
   * attached cannot be destroyed before they let go of it).
   */
  readonly operatorPolicies?: boolean;
  /** X-Ray records ingest and processor (default: neither). What it records of a request goes on to handlers and `forward` as `traceparent`. */
  readonly xRay?: boolean;
  /** Copies everything that the ledger ever held to a bucket in which nothing can be changed or removed (default: none). */
  readonly archive?: ArchiveOptions;
  /** What is watched, and who is told. Default: every alarm, a topic of its own to subscribe to, and a dashboard. */
  readonly alarms?: AlarmOptions | false;
  /** Modules that are installed beside the handlers' bundle, for Linux on arm64: native ones, whose machine code npm finds built. */
  readonly bundling?: { readonly nodeModules?: readonly string[] };
  /** Names of what an earlier stack has left behind and this one goes on with. Default: all is made. */
  readonly adopt?: {
    readonly ledger?: string;
    /** ARN of the ledger's stream. Without it changes of an adopted ledger are not seen. */
    readonly ledgerStream?: string;
    readonly state?: string;
    readonly bodies?: string;
    /** By the name of the configuration. */
    readonly tables?: Readonly<Record<string, string>>;
  };
}

/**
 * Receives webhooks: an API in front of ingest, the ledger, the queue of lanes with the processor behind it, dead letters, the sweeper and the
 * operations. Throws a `ConfigError` with all mistakes of configuration and handlers.
 */
export class WebhookGateway extends Construct {
  /** The function that runs the handlers: grant it what they need. */
  readonly handlers: HooklaneFunction;
  /** Your own functions, by the name of the configuration. */
  readonly functions: ReadonlyMap<string, HooklaneFunction>;
  /** Without a slash at its end. Webhooks go to `/webhooks/<source>`. */
  readonly url: string;
  readonly ledger: LedgerTable;
  readonly state: StateTable;
  readonly tables: HandlerTables['byName'];
  readonly laneQueue: Queue;
  readonly deadLetterQueue: Queue;
  /** Where alarms are told. Undefined where there are none. */
  readonly alarmTopic: ITopic | undefined;
  readonly #api: WebhookApi;

  constructor(scope: Construct, id: string, props: WebhookGatewayProps = {}) {
    super(scope, id);
    const { adopt = {}, removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } = props;
    const configFile = resolve(props.configFile ?? 'hooklane.config.ts');
    const handlersFile = resolve(props.handlersFile ?? join(dirname(configFile), 'handlers/index.ts'));
    const config = load(configFile, handlersFile);
    const prefix = nameOf(this, props);
    if (props.production === true) {
      Stack.of(this).terminationProtection = true;
      Tags.of(this).add('hooklane', prefix);
    }
    const depsLockFilePath = lockFileAbove(dirname(configFile));

    const make = (
      constructId: string,
      {
        name,
        ...settings
      }: FunctionSettings & { readonly name: string; readonly reservedConcurrency?: number | undefined },
      own: { readonly nodeModules?: readonly string[]; readonly layers?: readonly ILayerVersion[] } = {},
    ) => {
      const fn = new HooklaneFunction(this, constructId, {
        ...settings,
        bundling: bundling(name, { configFile, handlersFile }, own.nodeModules),
        projectRoot: dirname(depsLockFilePath),
        depsLockFilePath,
        logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
        vpc: props.vpc,
        layers: own.layers,
        isInLoop: name === 'processor' || name === 'dead-letter',
        isTraced: props.xRay === true && (name === 'ingest' || name === 'processor'),
      });
      grantKey(props.encryptionKey, fn);
      return fn;
    };
    const makeOwn = (constructId: string, name: FunctionName, own?: Parameters<typeof make>[2]) => {
      const settings = functionSettings(name, config);
      const memoryMb = props.memoryMb?.[name] ?? settings.memoryMb;
      const reservedConcurrency = reservedFor(name, props, config);
      return make(
        constructId,
        { ...settings, name, memoryMb, reservedConcurrency, entry: packageFile(settings.entry) },
        own,
      );
    };
    const ofHandlers = { nodeModules: props.bundling?.nodeModules ?? [], layers: props.layers ?? [] };

    const key = props.encryptionKey;
    const ledger = new LedgerTable(this, 'Ledger', { removalPolicy, key, adopt: adopt.ledger });
    const state = new StateTable(this, 'State', { removalPolicy, key, adopt: adopt.state });
    const tables = new HandlerTables(this, {
      tables: config.tables,
      removalPolicy,
      key,
      adopt: adopt.tables ?? {},
    });
    const bodies = new BodyBucket(this, 'Bodies', {
      retentionDays: props.bodyRetentionDays ?? longestRetentionDays(config),
      removalPolicy,
      key,
      adopt: adopt.bodies,
    });
    const queues = { ...queueSettings(config), removalPolicy, key };
    const lanes = new LaneQueue(this, 'Lanes', queues);
    const feeder = new DeadLetterFeeder(this, 'Feeder', {
      ...queues,
      deadLetterQueue: lanes.deadLetterQueue,
    });
    const secrets = new SourceSecrets(this, 'Secrets', {
      sources: config.sources,
      prefix,
      given: props.secrets ?? {},
      removalPolicy,
      key,
    });

    const ingest = makeOwn('Ingest', 'ingest');
    ledger.grantAppend(ingest);
    state.grantMove(ingest);
    state.grantUpdate(ingest);
    bodies.grantPut(ingest);
    lanes.grantSend(ingest);
    secrets.grantRead(ingest);
    secrets.grantPairing(ingest);

    const processor = makeOwn('Processor', 'processor', ofHandlers);
    ledger.grantAppend(processor);
    state.grantMove(processor);
    state.grantList(processor);
    state.grantFindDue(processor);
    state.grantUpdate(processor);
    bodies.grantGet(processor);
    lanes.deliverTo(processor, config.processor);
    lanes.grantSend(processor);
    feeder.grantSend(processor);
    tables.grantReadWrite(processor, tables.byName.keys());
    processor.allow([], props.environment);

    const deadLetter = makeOwn('DeadLetter', 'dead-letter');
    ledger.grantAppend(deadLetter);
    state.grantMove(deadLetter);
    state.grantUpdate(deadLetter);
    lanes.grantSend(deadLetter);
    feeder.deliverTo(deadLetter);

    const sweeper = makeOwn('Sweeper', 'sweeper');
    ledger.grantAppend(sweeper);
    ledger.grantFind(sweeper);
    state.grantMove(sweeper);
    state.grantList(sweeper);
    state.grantUpdate(sweeper);
    lanes.grantSend(sweeper);
    lanes.grantClear(sweeper);
    feeder.grantSend(sweeper);
    state.grantFindDue(sweeper);
    new SweeperSchedule(this, 'SweeperSchedule', sweeper);

    const ops = makeOwn('Ops', 'ops');
    ledger.grantAppend(ops);
    ledger.grantFind(ops);
    ledger.grantGlance(ops);
    state.grantMove(ops);
    state.grantList(ops);
    state.grantFindDue(ops);
    state.grantUpdate(ops);
    bodies.grantGet(ops);
    lanes.grantSend(ops);
    lanes.grantAsk(ops);
    lanes.grantMoveLetters(ops, feeder.queue);
    secrets.grantDescribe(ops);

    const ledgerWatch = makeOwn('LedgerWatch', 'ledger-watch');
    const ledgerStream = ledger.streamArn ?? adopt.ledgerStream;
    if (ledgerStream !== undefined) watchLedger(ledgerStream, ledgerWatch);
    const archive =
      props.archive && this.#archive(props.archive, { ledgerStream, removalPolicy, key, makeOwn });

    this.functions = new Map(
      Object.entries(config.functions).map(([name, options]) => {
        const settings = ownFunctionSettings(options);
        const entry = resolve(dirname(configFile), settings.entry);
        const fn = make(`Function-${name}`, { ...settings, name, entry }, ofHandlers);
        tables.grantReadWrite(fn, options.tables ?? []);
        fn.allow([], props.environment);
        return [name, fn];
      }),
    );

    this.#api = new WebhookApi(this, 'Api', {
      name: prefix,
      routes: routesOf(config),
      functions: { ingest, ops, ...Object.fromEntries(this.functions) },
      logRetention: props.logRetention ?? RetentionDays.ONE_MONTH,
      domain: props.domain,
    });
    this.handlers = processor;
    this.url = this.#api.url;
    this.ledger = ledger;
    this.state = state;
    this.tables = tables.byName;
    this.laneQueue = lanes.queue;
    this.deadLetterQueue = lanes.deadLetterQueue;
    const namespace = metricNamespace(prefix);
    new LogMetrics(this, 'LogMetrics', {
      namespace,
      functions: { ingest, processor, sweeper, 'ledger-watch': ledgerWatch },
    });
    this.alarmTopic = this.#watch(props.alarms ?? {}, {
      namespace,
      apiId: this.#api.apiId,
      laneQueueName: lanes.queue.queueName,
      deadLetterQueueName: lanes.deadLetterQueue.queueName,
      functions: {
        ingest: watched(ingest),
        processor: watched(processor),
        'dead-letter': watched(deadLetter),
        sweeper: watched(sweeper),
        'ledger-watch': watched(ledgerWatch),
        ...(archive && { archive: watched(archive) }),
      },
      verifyingSources: Object.keys(config.sources).filter(
        (name) => config.sources[name]?.verify.needsSecret,
      ),
    });

    if (props.operatorPolicies === true) {
      const [read, operate] = [this.#requests(['GET']), this.#requests(['GET', 'POST'])];
      new OperatorPolicies(this, 'Policies', { requests: { read, operate } });
    }

    const outputs = {
      ...(this.alarmTopic && { AlarmTopicArn: this.alarmTopic.topicArn }),
      ApiUrl: this.url,
      LedgerTableName: ledger.tableName,
      StateTableName: state.tableName,
      LaneQueueUrl: lanes.queue.queueUrl,
      FeederUrl: feeder.queue.queueUrl,
      DeadLetterQueueUrl: lanes.deadLetterQueue.queueUrl,
      BodyBucketName: bodies.bucket.bucketName,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  /** Send events of a source that is verified by `awsIam()`: `POST /events/<source>`. */
  grantSend(grantee: IGrantable, source: string): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: [this.#api.arnOf('POST', `/events/${source}`)],
    });
  }

  /** Look at events, lanes and what needs attention: `GET` of the operations. */
  grantRead(grantee: IGrantable): Grant {
    return this.#grantInvoke(grantee, ['GET']);
  }

  /** Look at what was received: bodies and headers. In none of the others. */
  grantReadPayloads(grantee: IGrantable): Grant {
    return this.#grantInvoke(grantee, ['GET'], '/payloads/*');
  }

  /** Look, redrive, replay, discard, resolve and release, one by one and by jobs. */
  grantOperate(grantee: IGrantable): Grant {
    return this.#grantInvoke(grantee, ['GET', 'POST']);
  }

  #archive(
    options: ArchiveOptions,
    {
      ledgerStream,
      makeOwn,
      ...props
    }: {
      readonly ledgerStream: string | undefined;
      readonly removalPolicy: RemovalPolicy;
      readonly key: CustomerKey;
      readonly makeOwn: (id: string, name: FunctionName) => HooklaneFunction;
    },
  ): HooklaneFunction {
    if (ledgerStream === undefined)
      throw new Error('adopt.ledgerStream: the archive needs the stream of the ledger that is adopted');
    const archive = new LedgerArchive(this, 'Archive', { ...options, ...props });
    const fn = makeOwn('ArchiveCopy', 'archive');
    archive.copyBy(fn, ledgerStream);
    new CfnOutput(this, 'ArchiveBucketName', { value: archive.bucket.bucketName });
    return fn;
  }

  #watch(options: AlarmOptions | false, gateway: WatchedGateway): ITopic | undefined {
    if (options === false) return undefined;
    const specs = gatewayAlarms(gateway);
    if (options.dashboard !== false) gatewayDashboard(this, 'Dashboard', gateway, specs);
    return new Alarms(this, 'Alarms', { ...options, specs }).topic;
  }

  #grantInvoke(grantee: IGrantable, methods: readonly string[], path?: string): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: this.#requests(methods, path),
    });
  }

  /** ARNs, as policies name requests of the API. */
  #requests(methods: readonly string[], path = '/ops/*'): string[] {
    return methods.map((method) => this.#api.arnOf(method, path));
  }
}

/** @throws Where the processor would be throttled while its event source still calls it. */
function reservedFor(
  name: FunctionName,
  { reservedConcurrency = {} }: WebhookGatewayProps,
  { processor }: Config,
): number | undefined {
  const reserved = reservedConcurrency[name];
  if (name === 'processor' && reserved !== undefined && reserved < processor.maxConcurrency)
    throw new Error(
      `reservedConcurrency.processor: ${reserved} is below processor.maxConcurrency (${processor.maxConcurrency})`,
    );
  return reserved;
}

const watched = (fn: HooklaneFunction): WatchedFunction => ({
  functionName: fn.functionName,
  timeoutSeconds: fn.timeout?.toSeconds() ?? 0,
});

function nameOf(gateway: WebhookGateway, { prefix, stage }: WebhookGatewayProps): string {
  const name = prefix ?? [Stack.of(gateway).stackName, ...pathInStack(gateway)].join('-');
  return stage === undefined ? name : `${name}-${stage}`;
}

const requireFile = createRequire(import.meta.url);

/** The configuration, when neither it nor the handlers have mistakes. Constructs are made synchronously, so the files are required. */
function load(configFile: string, handlersFile: string): Config {
  const { default: handlers } = requireFile(handlersFile) as {
    readonly default: { readonly mistakes: Config['mistakes'] };
  };
  refuseMistakes(handlers);
  const { default: config } = requireFile(configFile) as { readonly default: Config };
  return config;
}

/** Of a stack that has no source yet. */
const defaultRetentionDays = 90;

function longestRetentionDays({ sources }: Config): number {
  const days = Object.values(sources).map(({ retentionDays }) => retentionDays);
  return days.length === 0 ? defaultRetentionDays : Math.max(...days);
}

function lockFileAbove(folder: string): string {
  for (const name of ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock']) {
    const file = join(folder, name);
    if (existsSync(file)) return file;
  }
  const above = dirname(folder);
  if (above === folder)
    throw new Error('there is no lock file of npm, pnpm, yarn or bun above the configuration');
  return lockFileAbove(above);
}
