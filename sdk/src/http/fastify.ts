import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Body } from './body.ts';
import { headersOf, runRecorded } from './node.ts';
import type { Handler, IdempotentOptions } from './options.ts';
import { createReceive, defaultMaxAnswerBytes, defaultMaxBodyBytes } from './receive.ts';

/** The parts of Fastify that are used. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage;
  readonly body: unknown;
}
interface FastifyReplyLike {
  readonly raw: ServerResponse;
  code(status: number): unknown;
  header(name: string, value: string | string[]): unknown;
  send(payload?: unknown): unknown;
}
interface FastifyLike {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    type: string,
    options: { readonly parseAs: 'buffer'; readonly bodyLimit: number },
    parser: (request: never, body: Buffer, done: (error: Error | null, body?: unknown) => void) => void,
  ): unknown;
  post(
    path: string,
    options: { readonly bodyLimit: number },
    handler: (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown>,
  ): unknown;
}

/**
 * A plugin with one POST route: `app.register(idempotentFastify('/webhooks', handler, options))`. It keeps the bytes of its own route only,
 * other routes parse as ever.
 */
export function idempotentFastify<Event = unknown, Db = unknown>(
  path: string,
  handler: Handler<Event, Db, FastifyRequestLike, ServerResponse>,
  options: IdempotentOptions<Event, Db> = {},
): (app: FastifyLike) => Promise<void> {
  const receive = createReceive(options);
  const maxAnswerBytes = options.maxAnswerBytes ?? defaultMaxAnswerBytes;
  const bodyLimit = options.maxBodyBytes ?? defaultMaxBodyBytes;

  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_, body, done) => done(null, body));
    app.post(path, { bodyLimit }, async (request, reply) => {
      const input = { headers: headersOf(request.raw), body: bodyOf(request.body) };
      const answer = await receive(input, (context) =>
        runRecorded(handler, { ...context, req: request }, request.raw, reply.raw, maxAnswerBytes),
      );
      if (answer === undefined) return reply;
      reply.code(answer.status);
      for (const [name, value] of Object.entries(answer.headers)) {
        reply.header(name, typeof value === 'string' ? value : [...value]);
      }
      reply.send(answer.status === 204 ? undefined : Buffer.from(answer.body));
      return reply;
    });
    return Promise.resolve();
  };
}

function bodyOf(body: unknown): Body {
  if (body instanceof Uint8Array) return { kind: 'raw', bytes: body };
  // A request without a body is not parsed at all.
  return body === undefined || body === null
    ? { kind: 'raw', bytes: new Uint8Array() }
    : { kind: 'parsed', value: body };
}
