import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import { readBody } from './body.ts';
import type { Handler, IdempotentOptions } from './options.ts';
import { answerOf, createReceive, defaultMaxAnswerBytes, defaultMaxBodyBytes } from './receive.ts';
import { recordResponse } from './recorded-response.ts';

/** Fits `node:http` and Express as it is; resolves when the answer is handed to Node. */
export type NodeHandler<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> = (req: Req, res: Res, next?: (error?: unknown) => void) => Promise<void>;

/**
 * A request handler that runs `handler` once per key. What the handler returns is the answer; or what it writes to `res`, which goes out
 * only when it is committed. Never rejects.
 */
export function idempotent<
  Event = unknown,
  Db = unknown,
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(handler: Handler<Event, Db, Req, Res>, options: IdempotentOptions<Event, Db> = {}): NodeHandler<Req, Res> {
  const receive = createReceive(options);
  const maxAnswerBytes = options.maxAnswerBytes ?? defaultMaxAnswerBytes;

  return async (req, res, next) => {
    try {
      await handle(req, res);
    } catch (error) {
      // Nobody waits for this promise in node:http: a rejection would end the process.
      if (next !== undefined) next(error);
      else res.destroy();
    }
  };

  async function handle(req: Req, res: Res): Promise<void> {
    const body = await readBody(req, options.maxBodyBytes ?? defaultMaxBodyBytes);
    const answer = await receive({ headers: headersOf(req), body }, (context) =>
      runRecorded(handler, { ...context, req }, req, res, maxAnswerBytes),
    );
    if (answer === undefined) return;
    // What was not read of a body that is too large must not be taken for the next request.
    if (body.kind === 'too-large') res.setHeader('connection', 'close');
    send(res, answer);
  }
}

type WithoutRes<Event, Db, Req, Res> = Omit<Parameters<Handler<Event, Db, Req, Res>>[0], 'res'>;

/** Runs a handler that may return its answer or write it. */
export async function runRecorded<Event, Db, Req, Res extends ServerResponse>(
  handler: Handler<Event, Db, Req, Res>,
  context: WithoutRes<Event, Db, Req, Res>,
  req: IncomingMessage,
  real: Res,
  maxAnswerBytes: number,
): Promise<Answer> {
  const recording = recordResponse(req, real, maxAnswerBytes);
  const asked = { forRes: false };
  const returned: unknown = handler({
    ...context,
    get res() {
      asked.forRes = true;
      return recording.res;
    },
  });
  const result: unknown = await returned;
  // A handler without a promise that asked for `res` writes to it later, from a callback.
  const writesLater = asked.forRes && result === undefined && returned === undefined;
  if (!recording.isStarted() && !writesLater) {
    const answer = await answerOf(result, maxAnswerBytes);
    return { ...answer, headers: { ...recording.answer().headers, ...answer.headers } };
  }
  await recording.ended;
  return recording.answer();
}

export function headersOf(req: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function send(res: ServerResponse, { status, headers, body }: Answer): void {
  if (res.headersSent || res.destroyed) return;
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers))
    res.setHeader(name, typeof value === 'string' ? value : [...value]);
  const hasBody = status !== 204 && status !== 304;
  res.end(hasBody ? body : undefined);
}
