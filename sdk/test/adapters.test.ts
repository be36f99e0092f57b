import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve as serveHono } from '@hono/node-server';
import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import express from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import { Hono, type Context } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import {
  idempotent,
  idempotentFastify,
  idempotentFetch,
  idempotentHono,
  idempotentLambda,
  idempotentSqs,
  memory,
  type MemoryDb,
  openTelemetry,
  type LambdaHttpEvent,
} from '../src/index.ts';
import { causeOf, post, serve } from './http-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const portOf = (address: AddressInfo | string | null) =>
  typeof address === 'object' && address !== null ? address.port : 0;

/** Every framework is asked the same: raw bytes, one run, the same answer again. */
async function expectOnce(url: string, runs: () => number, text = '{"id":1}'): Promise<void> {
  const body = '{ "id":1 }';
  const [first, second] = [await post(url, 'k', body), await post(url, 'k', body)];
  expect(first).toMatchObject({ status: 201, text });
  expect(second).toMatchObject({ status: 201, text });
  expect(first.headers.get('content-type')).toMatch(/^application\/json/);
  expect(second.headers.get('content-type')).toMatch(/^application\/json/);
  expect(first.headers.get('idempotent-replayed')).toBeNull();
  expect(second.headers.get('idempotent-replayed')).toBe('true');
  expect((await post(url, 'k', '{"id":2}')).status).toBe(422);
  expect(runs()).toBe(1);
}

describe.each([
  ['Express 4', express4],
  ['Express 5', express],
])('%s', (_, framework) => {
  async function start(build: (app: express.Express) => void): Promise<string> {
    const app = framework();
    build(app);
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    return `http://127.0.0.1:${portOf(server.address())}/webhooks`;
  }

  test('runs once what res.json answers', async () => {
    let runs = 0;
    const url = await start((app) => {
      app.post(
        '/webhooks',
        idempotent<unknown, MemoryDb, express.Request, express.Response>(
          ({ event, res, raw }) => {
            runs += 1;
            expect(Buffer.from(raw ?? []).toString()).toBe('{ "id":1 }');
            return res.status(201).json(event);
          },
          { store: memory() },
        ),
      );
    });

    await expectOnce(url, () => runs);
  });

  test.each([
    ['express.raw()', express.raw({ type: '*/*' })],
    ['express.text()', express.text({ type: '*/*' })],
    ['express.json()', express.json()],
  ])('takes the body that %s left', async (__, parser) => {
    let runs = 0;
    const url = await start((app) => {
      app.use(parser);
      app.post(
        '/webhooks',
        idempotent(({ event }) => ({ status: 201, body: (runs += 1) && event }), { store: memory() }),
      );
    });

    await expectOnce(url, () => runs);
  });

  test('says that a signature cannot be verified behind express.json()', async () => {
    const url = await start((app) => {
      app.use(express.json());
      app.post(
        '/webhooks',
        idempotent(() => 'ran', { store: memory(), secret: 'whsec_c2VjcmV0' }),
      );
    });

    expect(causeOf(await post(url, 'k'))).toBe('body-consumed');
  });
});

test('Fastify: runs once, and other routes parse as ever', async () => {
  let runs = 0;
  const app = Fastify();
  await app.register(
    idempotentFastify('/webhooks', ({ event }) => ({ status: 201, body: (runs += 1) && event }), {
      store: memory(),
    }),
  );
  app.post('/other', (request) => request.body);
  closing.push(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });

  await expectOnce(`${url}/webhooks`, () => runs);
  expect((await post(`${url}/other`, 'k', '{"a":[1]}')).text).toBe('{"a":[1]}');
});

test('Fastify: what is written to res goes out too', async () => {
  const app = Fastify();
  await app.register(
    idempotentFastify('/webhooks', ({ res }) => void res.writeHead(202).end('written'), { store: memory() }),
  );
  closing.push(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });

  for (let n = 0; n < 2; n++)
    expect(await post(`${url}/webhooks`, 'k')).toMatchObject({ status: 202, text: 'written' });
});

test('Hono: runs once what c.json answers, also after its own reading', async () => {
  let runs = 0;
  const app = new Hono();
  app.use(async (c, next) => {
    await c.req.json();
    await next();
  });
  app.post(
    '/webhooks',
    idempotentHono(
      async ({ req: c, event }: { req: Context; event: unknown }) =>
        c.json({ ...(event as object), n: (runs += 1) }, 201),
      {
        store: memory(),
      },
    ),
  );
  const server = serveHono({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => server.close());

  await expectOnce(`http://127.0.0.1:${portOf(server.address())}/webhooks`, () => runs, '{"id":1,"n":1}');
});

test('Next.js route handler: Request in, Response out', async () => {
  let runs = 0;
  const POST = idempotentFetch(({ event }) => Response.json(event, { status: 200 + (runs += 1) }), {
    store: memory(),
  });
  const server = await serve(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const headers = Object.entries(req.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const response = await POST(
      new Request('http://x/', { method: 'POST', headers, body: Buffer.concat(chunks) }),
    );
    res.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  });
  closing.push(server.close);

  await expectOnce(`${server.url}/webhooks`, () => runs);
});

describe('AWS Lambda', () => {
  const event = (more: Partial<LambdaHttpEvent>): LambdaHttpEvent => ({
    headers: { 'Idempotency-Key': 'k' },
    body: '{"id":1}',
    isBase64Encoded: false,
    ...more,
  });

  test.each([
    ['API Gateway 1.0', event({ multiValueHeaders: { 'Idempotency-Key': ['k'] } })],
    ['API Gateway 2.0 and function URLs', event({ version: '2.0', headers: { 'idempotency-key': 'k' } })],
    [
      'a body in base64',
      event({ version: '2.0', body: Buffer.from('{"id":1}').toString('base64'), isBase64Encoded: true }),
    ],
  ])('runs once what comes by %s', async (_, request) => {
    let runs = 0;
    const handle = idempotentLambda(({ event: body }) => ({ status: 201, body: (runs += 1) && body }), {
      store: memory(),
    });

    expect(await handle(request)).toMatchObject({
      statusCode: 201,
      body: '{"id":1}',
      isBase64Encoded: false,
    });
    expect(await handle(request)).toMatchObject({
      statusCode: 201,
      body: '{"id":1}',
      headers: { 'idempotent-replayed': 'true' },
    });
    expect(runs).toBe(1);
  });

  test('answers bytes in base64, and cookies as each version wants them', async () => {
    const handle = idempotentLambda(
      () =>
        new Response(new Uint8Array([255, 0]), {
          headers: [
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
          ],
        }),
      { store: memory() },
    );

    expect(await handle(event({ version: '2.0' }))).toMatchObject({
      body: '/wA=',
      isBase64Encoded: true,
      cookies: ['a=1', 'b=2'],
    });
  });

  test('SQS: leaves to SQS what is not done, and what follows it in its group', async () => {
    const store = memory();
    const ran: string[] = [];
    const handle = idempotentSqs(
      ({ record }) => {
        if (record.body === 'fails' && ran.filter((body) => body === 'fails').length === 0) {
          ran.push(record.body);
          throw new Error('no');
        }
        ran.push(record.body);
      },
      { store },
    );
    const record = (body: string, MessageGroupId?: string) => ({
      messageId: `id-${body}`,
      body,
      attributes: MessageGroupId === undefined ? {} : { MessageGroupId },
    });
    const batch = {
      Records: [
        record('alone'),
        record('first', 'a'),
        record('fails', 'a'),
        record('after', 'a'),
        record('other', 'b'),
      ],
    };

    const first = await handle(batch);
    const second = await handle({ Records: batch.Records });

    expect(first.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
      'id-fails',
      'id-after',
    ]);
    expect(second.batchItemFailures).toEqual([]);
    expect([...ran].sort()).toEqual(['after', 'alone', 'fails', 'fails', 'first', 'other']);
    expect(ran.indexOf('after')).toBeGreaterThan(ran.lastIndexOf('fails'));
  });
});

test('OpenTelemetry: one span for each delivery, active in the handler, with its outcome', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  api.trace.setGlobalTracerProvider(provider);
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const seen: (string | undefined)[] = [];
  const server = await serve(
    idempotent(() => void seen.push(api.trace.getActiveSpan()?.spanContext().spanId), {
      store: memory(),
      ...openTelemetry(api),
    }),
  );
  closing.push(server.close);

  await server.post('k');
  await server.post('k');

  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ name, attributes }) => [name, attributes['hooklane.outcome']])).toEqual([
    ['process webhook', 'ran'],
    ['process webhook', 'replayed'],
  ]);
  expect(seen).toEqual([spans[0]?.spanContext().spanId]);
});
