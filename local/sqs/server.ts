import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { LongPolls } from './long-poll.ts';
import { moveTaskActions } from './move-task-actions.ts';
import { queueActions } from './queue-actions.ts';
import { localAccount } from './queue-arn.ts';
import { SqsEngine, type SqsEngineOptions } from './engine.ts';
import { receiveActions } from './receive-actions.ts';
import type { Action, ActionContext } from './request.ts';
import { sendActions } from './send-actions.ts';
import { SqsError } from './sqs-error.ts';

/** `port` 0 takes a free one; `path` is the database file; `now` (ms) defaults to the machine's clock. */
type SqsServerOptions = SqsEngineOptions & { port: number; path: string };

/** A request to SQS without HTTP: its action, its JSON, and what tells that nobody waits for the answer any more. */
export type CallSqs = (action: string, input: object, gone?: AbortSignal) => Promise<object>;

/** `close` answers those who wait with nothing, then ends connections and database. */
type SqsServer = {
  url: string;
  port: number;
  engine: SqsEngine;
  call: CallSqs;
  close: () => Promise<void>;
};

const actions = new Map<string, Action>(
  Object.entries({ ...queueActions, ...sendActions, ...receiveActions, ...moveTaskActions }),
);

/** A batch may hold 1 MiB of text, of which JSON may escape every character to six. */
const maxRequestBytes = 8 * 1_048_576;

/**
 * SQS over the AWS JSON protocol 1.0, on 127.0.0.1 only. Signatures are not looked at. What was acknowledged survives
 * the death of the process. @throws what listening throws, such as EADDRINUSE.
 */
export async function startSqs({ port, now = Date.now, ...options }: SqsServerOptions): Promise<SqsServer> {
  const engine = new SqsEngine({ ...options, now });
  const polls = new LongPolls(engine, now);
  let url = '';
  const queueUrl = (queueName: string): string => `${url}/${localAccount}/${queueName}`;

  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    void answer(request, response, { engine, polls, queueUrl, gone: gone.signal });
  });
  // Longer than the SDK keeps an idle connection, so that it never sends into one that is being closed.
  server.keepAliveTimeout = 70_000;

  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    engine.close();
    throw error;
  }
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  url = `http://127.0.0.1:${boundPort}`;
  polls.serve();

  const forever = new AbortController().signal;
  return {
    url,
    port: boundPort,
    engine,
    call: async (action, input, gone = forever) => {
      const result = await actionNamed(action)(input, { engine, polls, queueUrl, gone });
      polls.serve();
      return result;
    },
    close: async () => {
      polls.close();
      await new Promise((resolve) => {
        server.close(resolve);
        setImmediate(() => server.closeAllConnections());
      });
      engine.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  context: ActionContext,
): Promise<void> {
  try {
    const result = await run(request, context);
    context.polls.serve();
    reply(response, 200, result);
  } catch (error) {
    if (response.destroyed) return;
    if (error instanceof SqsError) {
      replyError(response, 400, error.code, error.message);
      return;
    }
    console.error('The local SQS failed:', error);
    replyError(response, 500, 'InternalFailure', 'The local SQS failed; its output says why.');
  }
}

async function run(request: IncomingMessage, context: ActionContext): Promise<object> {
  const target = String(request.headers['x-amz-target']);
  if (request.method !== 'POST' || !target.startsWith('AmazonSQS.')) throw notAnOperation(target);
  const action = actionNamed(target.slice('AmazonSQS.'.length));
  return action(parsed(await bodyOf(request)), context);
}

function actionNamed(name: string): Action {
  const action = actions.get(name);
  if (!action) throw notAnOperation(name);
  return action;
}

const notAnOperation = (target: string) =>
  new SqsError('UnknownOperationException', `Not an operation of SQS: ${target}`);

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.length;
    // Read on without keeping it: a client gets its answer only after it has sent everything.
    if (bytes <= maxRequestBytes) chunks.push(chunk);
  }
  if (bytes > maxRequestBytes) {
    throw new SqsError('RequestEntityTooLarge', `A request may have ${maxRequestBytes} bytes.`);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new SqsError('SerializationException', 'The request is not valid JSON.');
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}

/** The names older than the JSON protocol, which its clients still read from a header and report as `Code`. */
const olderNames: Record<string, string> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
};

function replyError(response: ServerResponse, status: number, code: string, message: string): void {
  response.setHeader(
    'x-amzn-query-error',
    `${olderNames[code] ?? code};${status < 500 ? 'Sender' : 'Receiver'}`,
  );
  reply(response, status, { __type: `com.amazonaws.sqs#${code}`, message });
}
