/** `npm start`: the local cloud, until Ctrl-C. */
import { startCloud, type Cloud } from './cloud.ts';
import { readCommandLine, usage } from './command-line.ts';
import { sampleRequest } from './sample-request.ts';
import { StartError } from './start-error.ts';

try {
  const options = readCommandLine(process.argv.slice(2));
  if (options.help) console.log(usage);
  else await run(options);
} catch (error) {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
}

async function run(options: ReturnType<typeof readCommandLine>): Promise<void> {
  const startedAt = performance.now();
  const started = startCloud({ ...options, log: (from, line) => console.log(`[${from}] ${line}`) });
  stopOnSignal(started);
  const cloud = await started;
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
  // Nobody reads the output any more: `| head`, a closed terminal, or a `| tee` that Ctrl-C ended before us.
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', () => {
      if (!isStopping) stop();
    });
  }
}

function greeting(cloud: Cloud, sample: string | undefined, startedInMs: number): string {
  const sources = Object.keys(cloud.config.sources);
  return [
    `Hooklane is ready after ${Math.round(startedInMs)} ms, data in ${cloud.dataFolder}`,
    `  webhooks         ${cloud.url}/webhooks/{${sources.join(',')}}`,
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
