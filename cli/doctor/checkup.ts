import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { localClientConfig } from '../../local/client-config.ts';
import type { Config } from '../../functions/config/config.ts';
import { queueSettings } from '../../functions/runtime/queue-settings.ts';
import { loadApplication } from '../../local/load-application.ts';
import { packageVersion } from '../../functions/config/package-version.ts';
import { reasonOf } from '../../local/start-error.ts';
import { localEndpoints } from '../operations/local-cloud.ts';
import type { OpsClient } from '../operations/ops-client.ts';
import { mostSkewMs, skewOf } from '../operations/refusal.ts';
import type { Target } from '../operations/target.ts';
import { span } from '../terminal/moment.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'wrong' | 'unknown';
  readonly detail: string;
}

const ok = (what: string, detail: string): Finding => ({ what, state: 'ok', detail });
const wrong = (what: string, detail: string): Finding => ({ what, state: 'wrong', detail });

/** A check that cannot be made is a finding too: why. */
async function orWrong(what: string, check: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [wrong(what, reasonOf(error))];
  }
}

export function checkVersions(node: string): readonly Finding[] {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const isNewEnough = major > 22 || (major === 22 && minor >= 18);
  const detail = `hooklane ${packageVersion}, Node ${node}`;
  return [
    isNewEnough ? ok('versions', detail) : wrong('versions', `${detail}: Node 22.18 or newer is needed`),
  ];
}

/** The configuration of this folder, where there is one. */
export async function checkConfiguration(
  file: string,
  handlers?: string,
): Promise<{ readonly findings: readonly Finding[]; readonly config?: Config }> {
  const configFile = resolve(file);
  if (!existsSync(configFile)) {
    return { findings: [{ what: 'configuration', state: 'unknown', detail: `there is no ${file} here` }] };
  }
  try {
    const handlersFile = resolve(handlers ?? join(dirname(configFile), 'handlers/index.ts'));
    const { config, handlersProblem } = await loadApplication({ configFile, handlersFile });
    const sources = Object.keys(config.sources).length;
    const found =
      handlersProblem === undefined
        ? ok('configuration', `${sources} sources, without mistakes`)
        : wrong('configuration', handlersProblem);
    return { findings: [found], config };
  } catch (error) {
    return { findings: [wrong('configuration', reasonOf(error))] };
  }
}

/** Credentials, clock, health and secrets of a gateway. */
export async function checkGateway(client: OpsClient, now: () => Date): Promise<readonly Finding[]> {
  const { target } = client;
  const checks = [
    orWrong('credentials', async () => await checkCredentials(target, now())),
    orWrong('gateway', async () => {
      const answer = await client.fetch('/health');
      const skewMs = skewOf(answer.headers, now());
      // The gateway tells whole seconds.
      const clock =
        skewMs < 2000
          ? 'this clock and that of the gateway agree'
          : `this clock and that of the gateway are ${span(skewMs)} apart`;
      return [
        ok('gateway', `${target.where} answers at ${target.url}`),
        skewMs > mostSkewMs ? wrong('clock', `${clock}: signatures are refused`) : ok('clock', clock),
      ];
    }),
    orWrong('secrets', async () => await checkSecrets(client)),
  ];
  return (await Promise.all(checks)).flat();
}

async function checkCredentials({ account }: Target, now: Date): Promise<readonly Finding[]> {
  if (account === undefined) return [ok('credentials', 'the local cloud asks for none')];
  const { accessKeyId, expiration } = await account.credentials();
  const detail = `${accessKeyId} in ${await account.region()}`;
  if (expiration === undefined) return [ok('credentials', detail)];
  const leftMs = expiration.getTime() - now.getTime();
  return [
    leftMs <= 0
      ? wrong('credentials', `${detail}: expired ${span(leftMs)} ago`)
      : ok('credentials', `${detail}, for ${span(leftMs)}`),
  ];
}

async function checkSecrets(client: OpsClient): Promise<readonly Finding[]> {
  const needed: { source: string; isPresent: boolean }[] = [];
  let cursor: string | undefined;
  do {
    const { value } = await client.ask('listSources', { query: { cursor } });
    for (const { source, secret } of value.items) {
      if (secret !== undefined) needed.push({ source, isPresent: secret.isPresent });
    }
    cursor = value.cursor;
  } while (cursor !== undefined);
  const missing = needed.filter(({ isPresent }) => !isPresent).map(({ source }) => source);
  return [
    missing.length === 0
      ? ok('secrets', `${needed.length} sources need one, and have it`)
      : wrong('secrets', `without one, so everything is refused: ${missing.join(', ')}`),
  ];
}

const attributes = z.object({
  FifoQueue: z.literal('true'),
  VisibilityTimeout: z.coerce.number(),
  RedrivePolicy: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.object({ maxReceiveCount: z.coerce.number() }))
    .optional(),
});

/** Whether the queues are as this version's configuration makes them. */
export async function checkQueues(
  target: Target,
  config: Config,
  dataFolder: string,
): Promise<readonly Finding[]> {
  const local = localEndpoints(dataFolder);
  const { account, outputs } = target;
  const urls = {
    lane: outputs?.['LaneQueueUrl'] ?? local?.queueUrl,
    feeder: outputs?.['FeederUrl'] ?? local?.feederUrl,
  };
  const sqs =
    account === undefined
      ? localSqs(local?.sqs)
      : new SQSClient({ region: await account.region(), credentials: () => account.credentials() });
  if (sqs === undefined)
    return [{ what: 'queues', state: 'unknown', detail: 'where they are is not known: name a stack' }];
  const wanted = queueSettings(config);
  try {
    return await orWrong('queues', async () => {
      const differences = await Promise.all([
        differencesOf('lane queue', urls.lane, wanted, sqs),
        differencesOf('feeder', urls.feeder, wanted.feeder, sqs),
      ]);
      const all = differences.flat();
      return [
        all.length === 0 ? ok('queues', 'as this version makes them') : wrong('queues', all.join('; ')),
      ];
    });
  } finally {
    sqs.destroy();
  }
}

const localSqs = (endpoint: string | undefined): SQSClient | undefined =>
  endpoint === undefined ? undefined : new SQSClient(localClientConfig(endpoint));

async function differencesOf(
  name: string,
  url: string | undefined,
  wanted: { readonly visibilityTimeoutSeconds: number; readonly maxReceiveCount: number },
  sqs: SQSClient,
): Promise<readonly string[]> {
  if (url === undefined) return [`the ${name} is not known`];
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  const { VisibilityTimeout, RedrivePolicy } = attributes.parse(Attributes);
  const differs = (what: string, is: number | undefined, should: number) =>
    is === should ? [] : [`${what} of the ${name} is ${is ?? 'not set'} in place of ${should}`];
  return [
    ...differs('the visibility timeout', VisibilityTimeout, wanted.visibilityTimeoutSeconds),
    ...differs('maxReceiveCount', RedrivePolicy?.maxReceiveCount, wanted.maxReceiveCount),
  ];
}
