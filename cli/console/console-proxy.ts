import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { consolePages, type ConsolePages } from '../../local/console/console-pages.ts';
import { pageHeaders } from '../../local/console/page-headers.ts';
import { listen, stopListening, urlOf } from '../../local/loopback.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { sendRequest, type SendOptions } from '../operations/send-request.ts';
import type { Target } from '../operations/target.ts';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

interface Proxy {
  /** Of the console, with the token: whoever has it acts with the credentials of whoever started the proxy. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The console in front of a deployment: its files, and its requests to the operations API, signed. It listens on 127.0.0.1, and answers
 * only what knows the token, calls it by the name it has, and comes from no other page.
 */
export async function startConsoleProxy(
  target: Target,
  options: SendOptions & { readonly port: number; readonly pages?: ConsolePages },
): Promise<Proxy> {
  const token = randomBytes(32).toString('base64url');
  const pages = options.pages ?? consolePages();
  let own = '';
  const server = createServer((request, response) => {
    answerTo(request, { own, token, target, pages, options })
      .then((reply) => send(response, reply))
      .catch(() => response.destroy());
  });
  own = urlOf(await listen(server, options.port, 'the console'));
  return { url: `${own}/${token}/console/`, close: () => stopListening(server) };
}

interface Around {
  readonly own: string;
  readonly token: string;
  readonly target: Target;
  readonly pages: ConsolePages;
  readonly options: SendOptions;
}

async function answerTo(request: IncomingMessage, around: Around): Promise<Reply> {
  const { own, token, pages } = around;
  if (!isOwn(request, own)) return refusal(403, 'It comes from another page, or under another name.');
  // As the browser resolved it: no step in it leads out of what is checked here.
  const { pathname, search } = new URL(request.url ?? '/', own);
  const [, sent = ''] = pathname.split('/', 2);
  if (!isSame(sent, token)) return refusal(403, 'Open the address that `hooklane console` has printed.');
  const path = pathname.slice(1 + sent.length);
  const method = request.method ?? 'GET';
  if (pages.has(method, path)) return await pages.answer(path, request.headers['accept-encoding']);
  const isOperation = /^\/(ops|payloads)\/./.test(path) || path === '/health';
  if (!isOperation || (method !== 'GET' && method !== 'POST')) return refusal(404, 'There is no such path.');
  return await forwarded(method, `${path}${search}`, request, around);
}

/** What a browser says of a request that another page makes it send. */
function isOwn({ headers }: IncomingMessage, own: string): boolean {
  const { host, origin, 'sec-fetch-site': site = 'none' } = headers;
  return (
    `http://${host ?? ''}` === own &&
    (origin === undefined || origin === own) &&
    (site === 'none' || site === 'same-origin')
  );
}

function isSame(sent: string, token: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** An action is a reason and little more. */
const mostBodyBytes = 100_000;

async function forwarded(
  method: 'GET' | 'POST',
  path: string,
  request: IncomingMessage,
  { target, options }: Around,
): Promise<Reply> {
  if (Number(request.headers['content-length'] ?? 0) > mostBodyBytes) return refusal(413, 'It is too large.');
  const body = (await buffer(request)).toString();
  try {
    const response = await sendRequest(target, { method, path, body }, options);
    const headers = Object.fromEntries(
      ['content-type', 'retry-after'].flatMap((name) => {
        const value = response.headers.get(name);
        return value === null ? [] : [[name, value] as const];
      }),
    );
    return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
  } catch (error) {
    if (error instanceof CommandError)
      return refusal(error.exitCode === exitCodes.denied ? 401 : 502, error.message);
    throw error;
  }
}

const refusal = (status: number, detail: string): Reply => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: Buffer.from(JSON.stringify({ status, title: 'The console cannot ask this', detail })),
});

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...pageHeaders,
    ...headers,
    'content-length': body.length,
  });
  response.end(body);
}
