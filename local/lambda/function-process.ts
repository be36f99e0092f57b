/**
 * Entry of a function's process: `node function-process.ts ENTRY CONFIG HANDLERS`. Loads the function as Lambda's runtime does, then runs
 * one invocation at a time.
 */
import type { Context } from 'aws-lambda';
import { enableCompileCache, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { accountId, region } from '../aws-json.ts';
import { ToFunction, type FromFunction } from './function-messages.ts';

/** Callbacks have been gone from Lambda since Node 24. */
type FunctionContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

const [, , entry = '', config = '', handlers = ''] = process.argv;
const application = new Map([
  ['#config', pathToFileURL(config).href],
  ['#handlers', pathToFileURL(handlers).href],
]);

// A process whose host is gone would run on, unseen, against a database that the next host starts.
process.on('disconnect', () => process.exit());

enableCompileCache();

// One log stream for each instance, as on Lambda: the name by which an attempt's entries tell their worker.
process.env['AWS_LAMBDA_LOG_STREAM_NAME'] = `local/${process.pid}`;

registerHooks({
  resolve: (specifier, context, next) => next(application.get(specifier) ?? specifier, context),
});

function isHandler(value: unknown): value is (event: unknown, context: FunctionContext) => unknown {
  return typeof value === 'function';
}

function send(message: FromFunction): void {
  process.send?.(message);
}

function failure(error: unknown): { type: string; message: string } {
  console.error(error);
  return error instanceof Error
    ? { type: error.name, message: error.message }
    : { type: 'Error', message: String(error) };
}

function contextOf({ requestId, deadline }: ToFunction): FunctionContext {
  const name = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '';
  return {
    awsRequestId: requestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

try {
  const loaded: unknown = await import(pathToFileURL(entry).href);
  const handler =
    typeof loaded === 'object' && loaded !== null && 'handler' in loaded ? loaded.handler : undefined;
  if (!isHandler(handler)) throw new Error(`${entry} exports no function named handler`);

  process.on('message', (message) => {
    const invocation = ToFunction.parse(message);
    const { requestId } = invocation;
    Promise.resolve(JSON.parse(invocation.event))
      .then((event: unknown) => handler(event, contextOf(invocation)))
      .then((value) => send({ kind: 'returned', requestId, value: JSON.stringify(value ?? null) }))
      .catch((error: unknown) => send({ kind: 'threw', requestId, error: failure(error) }));
  });
  send({ kind: 'ready' });
} catch (error) {
  // The host answers by killing the process; leaving here could lose the message.
  send({ kind: 'not-loaded', error: failure(error) });
}
