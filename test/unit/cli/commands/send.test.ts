import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../../cli/command-error.ts';
import { Command } from 'commander';
import { send as sendCommand } from '../../../../cli/commands/send.ts';
import type { SendDeps } from '../../../../cli/sending/send-sample.ts';
import { ingest } from '../../../../functions/ingest/ingest.ts';
import { rejectionLog } from '../../../../functions/ingest/rejection-log.ts';
import { createCore } from '../../../../functions/runtime/core.ts';
import type { CatalogEntry } from '../../../../functions/providers/catalog-entry.ts';
import { catalog } from '../../../../functions/providers/catalog.ts';
import { secretReader } from '../../../../functions/secrets/secret-store.ts';
import type { Source } from '../../../../functions/sources/source.ts';
import { intercept } from '../../../support/intercept.ts';
import { recordingLog } from '../../../support/recording-log.ts';
import { testTerminal } from '../../../support/test-terminal.ts';

const now = () => new Date();

/** What `hooklane send ARGS` prints. */
async function send(args: readonly string[], deps: SendDeps): Promise<string> {
  const { terminal, printed } = testTerminal();
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  sendCommand(program, terminal, deps);
  await program.parseAsync(['send', ...args], { from: 'user' });
  return printed.output;
}

/** What was posted, and a server that says it has taken it. */
function aServer(answer = () => Response.json({ status: 'accepted' }, { status: 202 })) {
  const posted: { url: string; headers: Headers; body: string }[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(url, init);
    posted.push({ url: request.url, headers: request.headers, body: await request.text() });
    return answer();
  };
  return { posted, deps: { fetch, now } };
}

function aDataFolder(files: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'hooklane-send-'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), JSON.stringify(content));
  return folder;
}

const elsewhere = ['--url', 'https://hooks.example.com/webhooks/acme', '--secret', 'a-secret'];

describe('send', () => {
  it('posts to the local cloud, signed with the newest secret that signs, and prints what was answered', async () => {
    const { posted, deps } = aServer();
    const data = aDataFolder({
      'endpoints.json': { url: 'http://127.0.0.1:4700' },
      'secrets.json': { billing: ['handshake:typed', 'pairing:2026-11-24T10:00:00Z', 'newest', 'older'] },
    });

    const printed = await send(['github', '--source', 'billing', '--data', data], deps);

    expect(printed).toBe('POST http://127.0.0.1:4700/webhooks/billing\n202 {"status":"accepted"}\n');
    expect(posted[0]?.headers.get('x-hub-signature-256')).toMatch(/^sha256=[0-9a-f]{64}$/);
  });

  it('sends another type, id and header where that is asked for', async () => {
    const { posted, deps } = aServer();

    await send(
      ['stripe', '--type', 'invoice.paid', '--id', 'evt_mine', '--header', 'X-Trace: a: b', ...elsewhere],
      deps,
    );

    expect(JSON.parse(posted[0]?.body ?? '')).toMatchObject({ id: 'evt_mine', type: 'invoice.paid' });
    expect(posted[0]?.headers.get('x-trace')).toBe('a: b');
  });

  it('sends a fresh id each time, and a body of your own as it is', async () => {
    const { posted, deps } = aServer();
    const file = join(aDataFolder({ 'body.json': { id: 'evt_of_the_file' } }), 'body.json');

    await send(['stripe', ...elsewhere], deps);
    await send(['stripe', ...elsewhere], { ...deps, now: () => new Date(Date.now() + 1000) });
    await send(['stripe', '--file', file, ...elsewhere], deps);

    const ids = posted.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(new Set(ids).size).toBe(3);
    expect(posted[2]?.body).toBe('{"id":"evt_of_the_file"}');
  });
});

describe('send complains', () => {
  const folder = aDataFolder();
  const running = aDataFolder({ 'endpoints.json': { url: 'http://127.0.0.1:4700' } });
  const broken = aDataFolder({ 'endpoints.json': { url: 7 }, 'secrets.json': [] });

  it.each<[string, readonly string[], RegExp]>([
    [
      'of a preset that does not exist',
      ['strype'],
      /^There is no preset "strype"; "hooklane presets" lists them\.$/,
    ],
    ['of one called __proto__', ['__proto__'], /^There is no preset/],
    [
      'of a provider that alone can sign',
      ['plaid', ...elsewhere],
      /^Only Plaid itself can sign its webhooks/,
    ],
    ['of an address that is none', ['stripe', '--url', 'here'], /^"here" is no address\.$/],
    [
      'of a type in several places',
      ['github', '--type', 'push', ...elsewhere],
      /^A sample of GitHub has its type in/,
    ],
    [
      'of an id of several fields',
      ['gocardless', '--id', 'e1', ...elsewhere],
      /derives its id from several fields/,
    ],
    [
      'of a header without a colon',
      ['stripe', '--header', 'x', ...elsewhere],
      /^--header wants 'NAME: VALUE', not 'x'\.$/,
    ],
    [
      'of a file that is not there',
      ['stripe', '--file', join(folder, 'none'), ...elsewhere],
      /none cannot be read\.$/,
    ],
    [
      'of no local cloud',
      ['stripe', '--data', folder],
      /^No local cloud is running in .+ start it with "npm start"/,
    ],
    ['of endpoints that are broken', ['stripe', '--data', broken], /^No local cloud is running in/],
    ['of a source without a secret', ['stripe', '--data', running], /holds no secret of a source "stripe"/],
    ['of no secret for elsewhere', ['stripe', '--url', 'https://a.example'], /^Give --secret:/],
  ])('%s, and posts nothing', async (_, args, message) => {
    const { posted, deps } = aServer();

    const sending = send(args, deps);

    await expect(sending).rejects.toThrow(CommandError);
    await expect(sending).rejects.toThrow(message);
    expect(posted).toEqual([]);
  });

  it('of a refusal, with the answer, so that a script notices', async () => {
    const { deps } = aServer(() => Response.json({ cause: 'signature-refused' }, { status: 401 }));

    await expect(send(['stripe', ...elsewhere], deps)).rejects.toMatchObject({
      name: 'CommandError',
      message: 'POST https://hooks.example.com/webhooks/acme\n401 {"cause":"signature-refused"}',
    });
  });

  it('of an address where nobody answers, with the reason', async () => {
    const { deps } = aServer(() => {
      throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') });
    });

    await expect(send(['stripe', ...elsewhere], deps)).rejects.toThrow(
      /^https:\/\/hooks\.example\.com\S* cannot be reached: connect ECONNREFUSED/,
    );
  });

  it('never with the secret', async () => {
    const { deps } = aServer(() => {
      throw new TypeError('fetch failed');
    });

    await expect(send(['stripe', ...elsewhere], deps)).rejects.toThrow(/^(?!.*a-secret)/);
  });
});

/** Ingest over `fetch`, with a ledger that takes everything. */
function ingestOf(source: Source, secret: string) {
  const { log } = recordingLog();
  const nobody = { send: () => Promise.reject(new Error('there is no database')) };
  const core = createCore({
    dynamodb: intercept(nobody, async () => ({})),
    sqs: { send: () => Promise.reject(new Error('there is no queue')) },
    ledgerTable: 'ledger',
    stateTable: 'state',
    queueUrl: 'lanes',
    objects: { put: async () => undefined, get: async () => undefined },
    log,
    now,
    newId: randomUUID,
    sleep: async () => undefined,
  });
  return async (target: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(target, init);
    const { pathname, search } = new URL(request.url);
    const answer = await ingest(
      {
        method: request.method,
        path: pathname,
        rawQuery: search.slice(1),
        sourceName: 'acme',
        headers: Object.fromEntries(request.headers),
        body: Buffer.from(await request.arrayBuffer()),
        sourceIp: '192.0.2.1',
        requestId: randomUUID(),
      },
      {
        ...core,
        sources: { acme: source },
        sendAll: async () => undefined,
        secrets: secretReader({ fetch: async () => [secret], now }),
        keepSecret: async () => 'refused',
        callBack: () => Promise.reject(new Error('nothing is called')),
        countRequest: async () => ({ kind: 'within' }),
        rejections: rejectionLog(core),
      },
    );
    return Response.json(answer.body ?? null, { status: answer.status === 204 ? 200 : answer.status });
  };
}

const tryable = catalog.filter((entry): entry is Required<CatalogEntry> => entry.sample !== undefined);

describe('what send signs', () => {
  const url = 'https://hooks.example.com/webhooks/acme';

  it.each(tryable.map((entry) => [entry.facts.name, entry] as const))(
    'is taken by ingest: %s',
    async (name, entry) => {
      const { source, sample } = entry;
      const { secret } = sample.key;
      const fetch = ingestOf({ ...source, publicUrl: url }, secret);

      const printed = await send([name, '--url', url, '--secret', secret], { fetch, now });

      expect(printed).toMatch(/^POST \S+\n2\d\d /);
    },
  );
});
