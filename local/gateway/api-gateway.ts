import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Route } from '../../functions/runtime/settings.ts';
import type { Outcome } from '../lambda/function-outcome.ts';
import type { ConsolePages } from '../console/console-pages.ts';
import { isForeign } from '../foreign-request.ts';
import { decodePath, gatewayEvent } from './gateway-event.ts';
import { failure, gatewayResponse, type GatewayResponse } from './gateway-response.ts';
import { listen, stopListening, urlOf } from '../loopback.ts';
import { readBody } from '../read-body.ts';
import { matchRoute } from './route-match.ts';
import { reasonOf } from '../start-error.ts';

interface GatewayOptions {
  readonly port: number;
  readonly routes: readonly Route[];
  readonly invoke: (name: string, event: unknown) => Promise<Outcome>;
  /** Pages beside the functions, which answer nobody from elsewhere either. */
  readonly pages: readonly ConsolePages[];
  readonly now: () => Date;
  readonly log: (line: string) => void;
  /** How long a function may take. */
  readonly integrationTimeoutMs: number;
}

/** Quotas of HTTP APIs: 10 MB of payload, 10,240 bytes of request line and headers; and Lambda's 6 MB of event. */
const maxPayloadBytes = 10 * 1024 * 1024;
const maxHeaderBytes = 10_240;
const maxEventBytes = 6 * 1024 * 1024;

/**
 * An HTTP API in front of the functions. It checks no IAM signature: it listens on 127.0.0.1 alone, and what is not public answers
 * nobody from elsewhere.
 */
export async function startGateway(
  options: GatewayOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(
    { maxHeaderSize: maxHeaderBytes, requestTimeout: 30_000 },
    (request, response) => {
      const requestId = randomUUID();
      handle(request, requestId, options)
        .catch((error: unknown) => {
          options.log(reasonOf(error));
          return failure(500, 'Internal Server Error');
        })
        .then((reply) => {
          try {
            send(response, requestId, reply);
          } catch (error) {
            // A function's header that HTTP does not allow.
            options.log(reasonOf(error));
            send(response, requestId, failure(500, 'Internal Server Error'));
          }
        })
        .catch(() => response.destroy());
    },
  );
  const port = await listen(server, options.port, 'the gateway');
  return { url: urlOf(port), close: () => stopListening(server) };
}

async function handle(
  request: IncomingMessage,
  requestId: string,
  options: GatewayOptions,
): Promise<GatewayResponse> {
  const [path, rawQuery = ''] = splitOnce(request.url ?? '/', '?');
  const method = request.method ?? 'GET';
  const pages = options.pages.find((one) => one.has(method, path));
  if (pages !== undefined) {
    if (isForeign(request.headers)) return refuse(request, path, options);
    return await pages.answer(path, request.headers['accept-encoding']);
  }
  const matched = matchRoute(options.routes, method, decodePath(path));
  if (matched === undefined) return failure(404, 'Not Found');
  if (!matched.route.isPublic && isForeign(request.headers)) return refuse(request, path, options);
  const body = await readBody(request, maxPayloadBytes);
  if (body === undefined) return failure(413, 'Request Entity Too Large');
  const event = gatewayEvent(
    {
      method,
      path,
      rawQuery,
      protocol: `HTTP/${request.httpVersion}`,
      rawHeaders: request.rawHeaders,
      sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
      body,
      requestId,
      now: options.now(),
    },
    matched,
  );
  if ((event.body?.length ?? 0) > maxEventBytes) return failure(413, 'Request Entity Too Large');
  const invocation = options.invoke(matched.route.function, event);
  const outcome = await withTimeout(invocation, options.integrationTimeoutMs);
  switch (outcome?.kind) {
    case undefined:
    case 'refused':
      return failure(503, 'Service Unavailable');
    case 'failed':
      return failure(500, 'Internal Server Error');
    case 'returned':
      return gatewayResponse(outcome.value);
  }
}

function refuse({ method }: IncomingMessage, path: string, { log }: GatewayOptions): GatewayResponse {
  log(`refused ${method} ${path}: it comes from another machine or web page`);
  return failure(403, 'Forbidden');
}

async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function send(response: ServerResponse, requestId: string, reply: GatewayResponse): void {
  if (response.destroyed) return;
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(reply.cookies.length > 0 && { 'set-cookie': [...reply.cookies] }),
    'apigw-requestid': requestId,
    'content-length': reply.body.length,
    // What was not read of a body that is too large must not be taken for the next request.
    ...(reply.status === 413 && { connection: 'close' }),
  });
  response.end(reply.body);
}
