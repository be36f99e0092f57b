/**
 * Entry of a function's process: `node function-runtime.mjs BUNDLE`. Loads the function as Lambda's runtime does, then runs one invocation at
 * a time. It imports nothing but Node's own modules: it is in every process.
 */
import type { Context } from 'aws-lambda';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FromFunction, ToFunction } from './function-messages.ts';
import { tellSourcePositions } from './source-positions.ts';

/** Callbacks have been gone from Lambda since Node 24. */
type FunctionContext = Omit<Context, 'done' | 'fail' | 'succeed'>;

const [, , bundle = ''] = process.argv;

// A process whose host is gone would run on, unseen, against a database that the next host starts.
process.on('disconnect', () => process.exit());

enableCompileCache(join(dirname(bundle), 'compiled'));
tellSourcePositions(bundle);

// One log stream for each instance, as on Lambda: the name by which an attempt's entries tell their worker.
process.env['AWS_LAMBDA_LOG_STREAM_NAME'] = `local/${process.pid}`;

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
    invokedFunctionArn: `arn:aws:lambda:${process.env['AWS_REGION'] ?? ''}:000000000000:function:${name}`,
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

try {
  const loaded: unknown = await import(pathToFileURL(bundle).href);
  const handler =
    typeof loaded === 'object' && loaded !== null && 'handler' in loaded ? loaded.handler : undefined;
  if (!isHandler(handler)) throw new Error('it exports no function named handler');

  process.on('message', (invocation: ToFunction) => {
    const { requestId } = invocation;
    Promise.resolve(invocation.event)
      .then((event) => handler(event, contextOf(invocation)))
      .then((value) => send({ kind: 'returned', requestId, value: value ?? null }))
      .catch((error: unknown) => send({ kind: 'threw', requestId, error: failure(error) }));
  });
  send({ kind: 'ready' });
  // Now: an instance is killed in the end, and would take it along.
  setImmediate(flushCompileCache);
} catch (error) {
  // The host answers by killing the process; leaving here could lose the message.
  send({ kind: 'not-loaded', error: failure(error) });
}
