import { dirname, join, resolve } from 'node:path';
import { deadLetterDelivery } from '../functions/runtime/queue-settings.ts';
import { routesOf, sweeperEverySeconds } from '../functions/runtime/settings.ts';
import type { Config } from '../functions/config/config.ts';
import { consolePages } from './console/console-pages.ts';
import { trials, type SendSample } from './console/try-source.ts';
import { startGateway } from './gateway/api-gateway.ts';
import { lockDataFolder } from './data-folder.ts';
import { endpointsFile, type Endpoints } from './endpoints-file.ts';
import { startEventSource } from './lambda/event-source.ts';
import { FunctionBundles } from './lambda/function-bundles.ts';
import {
  deadLetterProcesses,
  deadLettersGatherMs,
  entryOf,
  keptWarm,
  openFunctionPools,
} from './lambda/function-pools.ts';
import { loadApplication } from './load-application.ts';
import { readEnvFile } from './env-file.ts';
import { startSchedule } from './lambda/schedule.ts';
import { addMissingSecrets, type Secrets } from './secrets/secrets-file.ts';
import { startServices, type Services } from './services.ts';
import { Teardown } from './teardown.ts';

export interface CloudOptions {
  /** Everything that must survive is in here. Made if absent. */
  readonly dataFolder: string;
  /** What `#config` stands for in the functions (default `hooklane.config.ts`). */
  readonly configFile?: string;
  /** What `#handlers` stands for in the processor (default `handlers/index.ts` beside the configuration). */
  readonly handlersFile?: string;
  /** Of the gateway; 0 for any free one (default 4700). The services take the next four where these are free. */
  readonly port?: number;
  /** Instances of the processor at the same time, at most (default 4). */
  readonly workers?: number;
  /** How long an instance lives with nothing to do (default a minute). */
  readonly idleMs?: number;
  /** How often the sweeper runs (default 60, as in the stack). */
  readonly sweepEverySeconds?: number;
  /** Files to run in place of a function's own. */
  readonly entries?: Readonly<Record<string, string>>;
  /** Added to the environment of the functions. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets each line of a function's or a service's output (default: nobody does). */
  readonly log?: (from: string, line: string) => void;
  /** Lets the console send the samples of presets (default: only those of sources that need no provider). */
  readonly sendSample?: SendSample;
  /** How long a request may take (default 30,000, API Gateway's own limit). */
  readonly integrationTimeoutMs?: number;
  /** How long running invocations may take to end when the cloud is closed (default 5000). */
  readonly drainMs?: number;
}

export interface Cloud extends Services {
  /** The gateway. */
  readonly url: string;
  readonly config: Config;
  readonly secrets: Secrets;
  readonly dataFolder: string;
  /** Processes that exist now, paused ones included, by function. */
  functionPids(): Readonly<Record<string, number[]>>;
  /** Lets running invocations end, then stops everything. What is stored stays. */
  close(): Promise<void>;
}

/**
 * The embedded local cloud: the functions as child processes behind local stand-ins for API Gateway, SQS, DynamoDB, S3 and Secrets
 * Manager, all on 127.0.0.1. Ready when it resolves; from then on `endpoints.json` in the data folder says what listens where.
 * Throws `StartError` for what the caller can mend, and leaves nothing running when it throws.
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const teardown = new Teardown();
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function start(options: CloudOptions, teardown: Teardown): Promise<Cloud> {
  const { port = 4700, workers = 4, log = () => undefined } = options;
  const dataFolder = resolve(options.dataFolder);
  const configFile = resolve(options.configFile ?? join(import.meta.dirname, '../hooklane.config.ts'));

  const lock = lockDataFolder(dataFolder);
  teardown.add(() => lock.release());
  const handlersFile = resolve(options.handlersFile ?? join(dirname(configFile), 'handlers/index.ts'));
  const application = { configFile, handlersFile };
  const bundles = new FunctionBundles(application, join(dataFolder, 'bundles'));
  const prepared = Promise.allSettled(
    keptWarm.map((name) => bundles.codeOf(name, entryOf(name, options.entries))),
  );
  // What is wrong with a bundle is said when an instance is to run it.
  teardown.add(async () => {
    await prepared;
  });
  const { config, handlersProblem } = await loadApplication(application);
  if (handlersProblem !== undefined) log('cloud', handlersProblem);
  const secrets = addMissingSecrets(join(dataFolder, 'secrets.json'), config);
  const endpoints = endpointsFile(dataFolder);
  const services = await startServices(
    {
      dataFolder,
      firstPort: port === 0 ? 0 : port + 1,
      dynamodbEndpoint: process.env['HOOKLANE_DYNAMODB_ENDPOINT'],
      config,
      log,
      onRestart: () => endpoints.refresh(),
    },
    teardown,
  );

  const pools = openFunctionPools({
    application,
    config,
    bundles,
    workers,
    idleMs: options.idleMs,
    handlerEnvironment: readEnvFile(join(dirname(application.configFile), '.env')),
    entries: options.entries ?? {},
    services,
    environment: options.environment ?? {},
    drainMs: options.drainMs ?? 5000,
    log,
    onChange: () => endpoints.refresh(),
  });
  teardown.add(() => pools.close());
  for (const { name, reason } of await pools.warm()) log('cloud', `${name} does not load: ${reason}`);

  const gateway: Awaited<ReturnType<typeof startGateway>> = await startGateway({
    port,
    routes: routesOf(config),
    pages: [consolePages(), trials(() => ({ url: gateway.url, config, secrets }), options.sendSample)],
    invoke: (name, event) => pools.invoke(name, event),
    now: () => new Date(),
    log: (line) => log('gateway', line),
    integrationTimeoutMs: options.integrationTimeoutMs ?? 30_000,
  });
  teardown.add(() => gateway.close());
  const eventSources = [
    startEventSource({
      callSqs: services.callSqs,
      queueUrl: services.queueUrl,
      queueArn: services.queueArn,
      batchSize: 1,
      maxConcurrency: Math.min(workers, config.processor.maxConcurrency),
      invoke: (event) => pools.invoke('processor', event),
      log: (line) => log('event source', line),
    }),
    startEventSource({
      callSqs: services.callSqs,
      queueUrl: services.feederUrl,
      queueArn: services.feederArn,
      ...deadLetterDelivery,
      maxConcurrency: deadLetterProcesses,
      gatherMs: deadLettersGatherMs,
      invoke: (event) => pools.invoke('dead-letter', event),
      log: (line) => log('event source of dead letters', line),
    }),
  ];
  const schedule = startSchedule(options.sweepEverySeconds ?? sweeperEverySeconds, () =>
    pools.invoke('sweeper', { source: 'aws.events' }),
  );
  // Side by side: the pollers wait for their invocations, which the pools let end or end themselves.
  teardown.add(async () => {
    await Promise.all([schedule.close(), ...eventSources.map((one) => one.close()), pools.close()]);
  });

  const cloud: Cloud = {
    ...services,
    url: gateway.url,
    config,
    secrets,
    dataFolder,
    functionPids: () => pools.pids(),
    close: () => teardown.run(),
  };
  endpoints.publish(() => describe(cloud));
  teardown.add(() => endpoints.remove());
  return cloud;
}

function describe(cloud: Cloud): Endpoints {
  const { url, config, dynamodb, sqs, s3, secretsManager, queueUrl, feederUrl, deadLetterQueueUrl } = cloud;
  return {
    pid: process.pid,
    url,
    sources: Object.keys(config.sources),
    dynamodb,
    sqs,
    s3,
    secretsManager,
    queueUrl,
    feederUrl,
    deadLetterQueueUrl,
    databasePid: cloud.databasePid(),
    functionPids: cloud.functionPids(),
  };
}
