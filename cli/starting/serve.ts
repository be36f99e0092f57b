import { flushCompileCache } from 'node:module';
import { startCloud, type Cloud } from '../../local/start-cloud.ts';
import { sampleRequest } from '../../local/sample-request.ts';

export interface ServeOptions {
  readonly configFile: string;
  readonly handlersFile?: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly workers: number;
}

/** The local cloud, until Ctrl-C. */
export async function serve(options: ServeOptions): Promise<void> {
  const startedAt = performance.now();
  const started = startCloud({
    ...options,
    log: (from, line) => console.log(`[${from}] ${line}`),
    // The presets take a moment to load: when one is first sent.
    sendSample: async (preset, to) => {
      const { trySample } = await import('../sending/send-sample.ts');
      return await trySample({ fetch: globalThis.fetch, now: () => new Date() })(preset, to);
    },
  });
  stopOnSignal(started);
  const cloud = await started;
  // A process that runs until it is stopped, be it by force, would never keep what it has compiled.
  flushCompileCache();
  console.log(greeting(cloud, await sampleRequest(cloud), performance.now() - startedAt));
}

/** The first signal lets running invocations end; the second one does not. */
function stopOnSignal(started: Promise<Cloud>): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    console.log('\nStopping; once more to stop at once.');
    started
      .then((cloud) => cloud.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  stopWithNpm(stop);
  // Nobody reads the output any more: `| head`, a closed terminal, or a `| tee` that Ctrl-C ended before us.
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', () => {
      if (!isStopping) stop();
    });
  }
}

/** npm runs a command in a shell, and passes a signal on to that shell alone: it ends, and what it had started would run on. */
function stopWithNpm(stop: () => void): void {
  if (process.env['npm_execpath'] === undefined) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

function greeting(cloud: Cloud, sample: string | undefined, startedInMs: number): string {
  const sources = Object.keys(cloud.config.sources);
  return [
    `Hooklane is ready after ${Math.round(startedInMs)} ms, data in ${cloud.dataFolder}`,
    `  webhooks         ${cloud.url}/webhooks/{${sources.join(',')}}`,
    `  console          ${cloud.url}/console`,
    `  operations       ${cloud.url}/ops/…, ${cloud.url}/health`,
    `  SQS              ${cloud.queueUrl}`,
    `  dead letters     ${cloud.deadLetterQueueUrl}`,
    `  DynamoDB         ${cloud.dynamodb}`,
    `  S3               ${cloud.s3}`,
    `  Secrets Manager  ${cloud.secretsManager} (${cloud.dataFolder}/secrets.json)`,
    ...(sample === undefined ? [] : ['', 'A first webhook, to paste into another terminal:', '', sample]),
    '',
    'Ctrl-C stops everything; what is stored stays.',
  ].join('\n');
}
