import type { Answer } from '../answer.ts';
import type { Body } from './body.ts';
import type { Handler, IdempotentOptions } from './options.ts';
import { answerOf, createReceive, defaultMaxAnswerBytes, defaultMaxBodyBytes } from './receive.ts';

export type FetchHandler<Event, Db> = Handler<Event, Db, Request, undefined>;

/** `Request` in, `Response` out: Next.js route handlers (`export const POST = idempotentFetch(…)`), Deno, Bun, Workers. */
export function idempotentFetch<Event = unknown, Db = unknown>(
  handler: FetchHandler<Event, Db>,
  options: IdempotentOptions<Event, Db> = {},
): (request: Request) => Promise<Response> {
  const answer = createFetch(handler, options);
  return (request) => answer(request, request);
}

/** The part of Hono's context that is used. */
export interface HonoContext {
  readonly req: { readonly raw: Request; arrayBuffer(): Promise<ArrayBuffer> };
}

/** A handler for Hono: `app.post('/webhooks', idempotentHono(async ({ req: c, event }) => c.json(…), options))`. */
export function idempotentHono<C extends HonoContext, Event = unknown, Db = unknown>(
  handler: Handler<Event, Db, C, undefined>,
  options: IdempotentOptions<Event, Db> = {},
): (c: C) => Promise<Response> {
  const answer = createFetch(handler, options);
  // Hono keeps the bytes that its own readers have read.
  return (c) => answer(c, c.req.raw, () => c.req.arrayBuffer());
}

function createFetch<Event, Db, Req>(
  handler: Handler<Event, Db, Req, undefined>,
  options: IdempotentOptions<Event, Db>,
): (req: Req, request: Request, reread?: () => Promise<ArrayBuffer>) => Promise<Response> {
  const receive = createReceive(options);
  const maxAnswerBytes = options.maxAnswerBytes ?? defaultMaxAnswerBytes;
  return async (req, request, reread) => {
    const body = await readRequest(request, options.maxBodyBytes ?? defaultMaxBodyBytes, reread);
    const answer = await receive({ headers: Object.fromEntries(request.headers), body }, async (context) =>
      answerOf(await handler({ ...context, req, res: undefined }), maxAnswerBytes),
    );
    return toResponse(answer ?? { status: 400, headers: {}, body: new Uint8Array() });
  };
}

async function readRequest(
  request: Request,
  maxBytes: number,
  reread: (() => Promise<ArrayBuffer>) | undefined,
): Promise<Body> {
  if (request.bodyUsed) {
    const bytes = await reread?.().catch(() => undefined);
    return bytes === undefined ? { kind: 'consumed' } : { kind: 'raw', bytes: new Uint8Array(bytes) };
  }
  if (Number(request.headers.get('content-length')) > maxBytes) return { kind: 'too-large' };
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      if (!(chunk instanceof Uint8Array)) return { kind: 'consumed' };
      size += chunk.byteLength;
      if (size > maxBytes) return { kind: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'aborted' };
  }
  return { kind: 'raw', bytes: Buffer.concat(chunks) };
}

function toResponse({ status, headers, body }: Answer): Response {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const one of typeof value === 'string' ? [value] : value) all.append(name, one);
  }
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  return new Response(hasBody ? new Uint8Array(body) : null, { status, headers: all });
}
