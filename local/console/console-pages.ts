import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { GatewayResponse } from '../gateway/gateway-response.ts';
import { builtConsole, type BuiltConsole } from './built-console.ts';
import { pageHeaders, referenceHeaders } from './page-headers.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The names that Vite gives, and nothing that leads out of the folder. */
const isFileName = /^(assets\/)?[\w-]+(\.[\w-]+)*$/;

/** The console, and the API reference in its folder `docs`. */
const page = /^\/(console|docs)(?:\/(.*))?$/s;

/** The console's files: `/console`, `/docs` and what is below them. */
export interface ConsolePages {
  has(method: string, path: string): boolean;
  answer(path: string, acceptEncoding: string | undefined): Promise<GatewayResponse>;
}

export function consolePages(built: () => BuiltConsole = builtConsole()): ConsolePages {
  const compressed = new Map<string, Promise<Buffer>>();
  return {
    has: (method, path) => (method === 'GET' || method === 'HEAD') && page.test(path),
    async answer(path, acceptEncoding = '') {
      const [, name = '', rest] = page.exec(path) ?? [];
      if (rest === undefined) return answer(308, '', { location: `${name}/` });
      const state = built();
      if (state.kind !== 'built') return notYet(state);
      const isReference = name === 'docs';
      const folder = isReference ? join(state.folder, 'docs') : state.folder;
      const reply = await file(folder, rest || 'index.html', acceptEncoding, compressed);
      return isReference ? { ...reply, headers: { ...reply.headers, ...referenceHeaders } } : reply;
    },
  };
}

async function file(
  folder: string,
  name: string,
  acceptEncoding: string,
  compressed: Map<string, Promise<Buffer>>,
): Promise<GatewayResponse> {
  const contentType = contentTypes[extname(name)];
  const read = isFileName.test(name) && contentType !== undefined && (await readIfThere(join(folder, name)));
  if (!read) return answer(404, 'There is no such file of the console.\n');
  const headers = {
    'content-type': contentType,
    // Names in `assets` hold a digest of the content.
    'cache-control': name.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
  };
  if (extname(name) === '.woff2' || !/\bgzip\b/.test(acceptEncoding)) return answer(200, read, headers);
  const path = join(folder, name);
  const body = compressed.get(path) ?? promisify(gzip)(read);
  compressed.set(path, body);
  return answer(200, await body, { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' });
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch {
    return undefined;
  }
}

/** A page that asks again by itself, or says why there is none. */
function notYet(state: Exclude<BuiltConsole, { kind: 'built' }>): GatewayResponse {
  const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  const page = (more: string, text: string) =>
    `<!doctype html><html lang="en"><meta charset="utf-8">${more}<title>Hooklane</title><p>${text}</p></html>\n`;
  return state.kind === 'building'
    ? answer(
        200,
        page(
          '<meta http-equiv="refresh" content="1">',
          'The console is being built of its sources, once: some seconds.',
        ),
        html,
      )
    : answer(500, page('', `The console could not be built: ${asText(state.reason)}`), html);
}

const asText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const answer = (
  status: number,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): GatewayResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8', ...pageHeaders, ...headers },
  cookies: [],
  body: Buffer.from(body),
});
