import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import {
  idempotent,
  memory,
  type ConsumerEvent,
  type IdempotentOptions,
  type MemoryDb,
} from '../src/index.ts';
import type { Handler } from '../src/http/options.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { causeOf, serve } from './http-server.ts';

type TestHandler = Handler<unknown, MemoryDb, IncomingMessage, ServerResponse>;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(handler: TestHandler, options: IdempotentOptions<unknown, MemoryDb> = {}) {
  const store = memory();
  const events: ConsumerEvent[] = [];
  const server = await serve(
    idempotent(handler, { store, onEvent: (event) => events.push(event), waitMs: 2000, ...options }),
  );
  closing.push(server.close);
  return { store, events, ...server };
}

describe('answers', () => {
  test('runs once and gives every later copy the first answer', async () => {
    let runs = 0;
    const { post } = await start(({ event }) => {
      runs += 1;
      return {
        status: 201,
        headers: { 'X-Secret': 'no', 'Content-Type': 'text/x' },
        body: `run ${runs} ${JSON.stringify(event)}`,
      };
    });

    const first = await post('k');
    const second = await post('k');

    expect(first).toMatchObject({ status: 201, text: 'run 1 {"id":1}' });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(first.headers.get('x-secret')).toBe('no');
    expect(second).toMatchObject({ status: 201, text: first.text });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(second.headers.get('content-type')).toBe('text/x');
    expect(second.headers.get('x-secret')).toBeNull();
    expect(runs).toBe(1);
  });

  test.each([
    [undefined, 204, ''],
    ['text', 200, 'text'],
    [{ charged: true }, 200, '{"charged":true}'],
    [{ status: 'paid', id: 7 }, 200, '{"status":"paid","id":7}'],
    [null, 200, 'null'],
    [Buffer.from('bytes'), 200, 'bytes'],
    [{ status: 202 }, 202, ''],
    [new Response('from a Response', { status: 203 }), 203, 'from a Response'],
  ])('answers with what the handler returned: %o', async (result, status, text) => {
    const { post } = await start(() => result);

    expect(await post('k')).toMatchObject({ status, text });
    expect(await post('k')).toMatchObject({ status, text });
  });

  test('lets copies of a running event wait for its answer', async () => {
    let runs = 0;
    const { post } = await start(async () => {
      runs += 1;
      await sleep(100);
      return 'done';
    });

    const answers = await Promise.all(Array.from({ length: 20 }, () => post('k')));

    expect(runs).toBe(1);
    expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual(Array(20).fill('200 done'));
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
  });

  test('tells a copy to come again if the first takes longer than it may wait', async () => {
    const { post } = await start(() => sleep(500), { waitMs: 50 });
    const first = post('k');
    await sleep(20);

    const copy = await post('k');

    expect(copy.status).toBe(409);
    expect(causeOf(copy)).toBe('running');
    expect(Number(copy.headers.get('retry-after'))).toBeGreaterThan(0);
    await first;
  });

  test('refuses the same key with another body, while the first runs and after it', async () => {
    const { post } = await start(() => sleep(100));
    const first = post('k', '{"amount":1}');
    await sleep(20);

    const during = await post('k', '{"amount":2}');
    await first;
    const after = await post('k', '{"amount":2}');

    expect([during.status, after.status]).toEqual([422, 422]);
    expect(causeOf(after)).toBe('key-reused');
  });

  test('keeps the scopes of two handlers on one store apart', async () => {
    const store = memory();
    const one = await start(() => 'one', { store, scope: 'one ' });
    const two = await start(() => 'two', { store, scope: 'two ' });

    expect((await one.post('k')).text).toBe('one');
    expect((await two.post('k')).text).toBe('two');
  });
});

test('a header that cannot be sent is an error of the handler, found before the commit', async () => {
  const { post, store } = await start(({ db }) => {
    db.set('charge', 1);
    return { status: 200, headers: { 'x-bad': 'two\nlines' } };
  });

  expect((await post('k')).status).toBe(500);
  expect(store.data.size).toBe(0);
});

test('two handlers on one store share neither lanes nor versions', async () => {
  const store = memory();
  const options = { store, staleIf: () => ({ entity: 'order', version: 1 }), serializeBy: () => 'lane' };
  const newer = await start(() => 'newer', {
    ...options,
    scope: 'a ',
    staleIf: () => ({ entity: 'order', version: 2 }),
  });
  const older = await start(() => 'older', { ...options, scope: 'b ' });

  expect((await newer.post('k')).text).toBe('newer');
  expect((await older.post('k')).text).toBe('older');
});

describe('keys', () => {
  test.each([
    ['none', undefined, 'key-missing'],
    ['of 10 KB', 'k'.repeat(10_240), 'key-invalid'],
    ['of spaces', ' ', 'key-invalid'],
    ['with a control character', 'a\u0085b', 'key-invalid'],
  ])('refuses a key %s and does not run', async (_, key, cause) => {
    let runs = 0;
    const { post } = await start(() => (runs += 1), { key: () => key });

    const answer = await post(undefined);

    expect(answer.status).toBe(400);
    expect(causeOf(answer)).toBe(cause);
    expect(runs).toBe(0);
  });

  test('takes the key from Idempotency-Key, else from webhook-id, else from a function', async () => {
    const keys: string[] = [];
    const { post } = await start(({ key }) => void keys.push(key));
    await post('a', '1', { 'webhook-id': 'b' });
    await post(undefined, '2', { 'webhook-id': 'b' });
    const byBody = await start(({ key }) => void keys.push(key), {
      key: ({ raw }) => Buffer.from(raw ?? []).toString(),
    });
    await byBody.post('a', 'c');

    expect(keys).toEqual(['a', 'b', 'c']);
    expect((await post(undefined)).status).toBe(400);
  });
});

describe('Standard Webhooks signatures', () => {
  const secret = `whsec_${Buffer.from('a key of some length').toString('base64')}`;
  const signed = (id: string, body: string, at = Date.now()) => {
    const timestamp = String(Math.floor(at / 1000));
    const mac = createHmac('sha256', 'a key of some length')
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
    return {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,AAAA v2,x v1,${mac}`,
    };
  };

  test('runs what is signed, under the id that is signed', async () => {
    const { post } = await start(({ key }) => key, { secret });

    expect(await post('not signed', '{}', signed('evt', '{}'))).toMatchObject({ status: 200, text: 'evt' });
  });

  test.each([
    ['unsigned', {}],
    ['signed for another body', signed('evt', '{"a":1}')],
    ['signed long ago', signed('evt', '{}', Date.now() - 600_000)],
    ['signed for another id', { ...signed('evt', '{}'), 'webhook-id': 'other' }],
    ['signed at no time', { ...signed('evt', '{}'), 'webhook-timestamp': 'now' }],
  ])('refuses what is %s', async (_, headers) => {
    let runs = 0;
    const { post, store } = await start(() => (runs += 1), { secret });

    const answer = await post('k', '{}', headers);

    expect(answer.status).toBe(401);
    expect(runs).toBe(0);
    expect(await store.find('k')).toBeUndefined();
  });

  test('answers 503 to everything while its secret is not there', async () => {
    const { post } = await start(() => 'ran', { secret: () => '' });

    expect((await post('k', '{}', signed('evt', '{}'))).status).toBe(503);
  });
});

describe('a handler that writes to res itself', () => {
  test('has its status, headers and body recorded', async () => {
    const { post } = await start(({ res }) => {
      res.writeHead(202, { 'content-type': 'text/x' });
      res.write('one ');
      res.end(Buffer.from('two'));
    });

    for (const replayed of [null, 'true']) {
      const answer = await post('k');
      expect(answer).toMatchObject({ status: 202, text: 'one two' });
      expect(answer.headers.get('content-type')).toBe('text/x');
      expect(answer.headers.get('idempotent-replayed')).toBe(replayed);
    }
  });

  test('may write later, from a callback', async () => {
    const { post } = await start(({ res }) => void setTimeout(() => res.end('later'), 30));

    expect((await post('k')).text).toBe('later');
    expect((await post('k')).text).toBe('later');
  });

  test('may stream', async () => {
    const { post } = await start(async ({ res }) => {
      res.setHeader('content-type', 'text/x');
      await pipeline(Readable.from(['a', 'b', 'c']), res);
    });

    expect((await post('k')).text).toBe('abc');
    expect((await post('k')).text).toBe('abc');
  });

  test('gets the error that Node gives when it writes twice, and its attempt fails', async () => {
    const { post, events } = await start(({ res }) => {
      res.end('one');
      res.setHeader('x', 'y');
    });

    expect((await post('k')).status).toBe(500);
    expect(events.find(({ type }) => type === 'threw')?.error).toMatchObject({
      code: 'ERR_HTTP_HEADERS_SENT',
    });
  });

  test('is not answered for if it throws after writing', async () => {
    let runs = 0;
    const { post, store } = await start(({ res, db }) => {
      runs += 1;
      db.set('charge', runs);
      res.end('charged');
      if (runs === 1) throw new Error('no');
    });

    expect(await post('k')).toMatchObject({ status: 500 });
    expect(store.data.size).toBe(0);
    expect(await post('k')).toMatchObject({ status: 200, text: 'charged' });
    expect(store.data.get('charge')).toBe(2);
  });

  test('counts as crashed if it never ends, and is told by its signal', async () => {
    let aborted = false;
    const { post, store, events } = await start(
      async ({ res, signal }) => {
        signal.addEventListener('abort', () => (aborted = true));
        res.write('begun');
        await new Promise(() => undefined);
      },
      { timeoutMs: 60, leaseMs: 90 },
    );

    const answer = await post('k');

    expect(answer.status).toBe(503);
    expect(causeOf(answer)).toBe('handler-timeout');
    expect(aborted).toBe(true);
    expect((await store.find('k'))?.state).toBe('processing');
    expect(events.at(-1)?.type).toBe('timed-out');
  });

  test('sends a body above the limit to the first copy alone', async () => {
    const { post } = await start(({ res }) => void res.end('x'.repeat(1001)), { maxStoredBytes: 1000 });

    expect((await post('k')).text).toHaveLength(1001);
    const copy = await post('k');
    expect(copy).toMatchObject({ status: 200, text: '' });
    expect(copy.headers.get('idempotent-body-omitted')).toBe('true');
  });

  test('cannot fill the memory', async () => {
    const { post, events } = await start(({ res }) => void res.end('x'.repeat(2000)), {
      maxAnswerBytes: 1000,
    });

    expect((await post('k')).status).toBe(500);
    expect(events.at(-1)).toMatchObject({
      type: 'threw',
      error: new RangeError('the answer is larger than 1000 bytes'),
    });
  });
});

describe('bodies', () => {
  test('refuses one above the limit, with and without a length', async () => {
    let runs = 0;
    const { post, url } = await start(() => (runs += 1), { maxBodyBytes: 100 });

    expect((await post('k', 'x'.repeat(101))).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 50; n++) controller.enqueue(Buffer.from('0123456789'));
        controller.close();
      },
    });
    const init = {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { 'idempotency-key': 'k' },
    } as const;
    expect((await fetch(url, init)).status).toBe(413);
    expect(runs).toBe(0);
  });

  test('does not run for a sender that goes away in the middle', async () => {
    let runs = 0;
    const { url } = await start(() => (runs += 1));
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: x\r\nidempotency-key: k\r\ncontent-length: 100\r\n\r\n{"a"');
    await sleep(50);
    socket.destroy();
    await sleep(50);

    expect(runs).toBe(0);
  });

  test('says that the body was read before', async () => {
    const handle = idempotent(() => 'ran', { store: memory() });
    const server = await serve((req, res) => {
      req.resume().on('end', () => void handle(req, res));
    });
    closing.push(server.close);

    const answer = await server.post('k');

    expect(answer.status).toBe(500);
    expect(causeOf(answer)).toBe('body-consumed');
  });

  test('answers 400 for a body that its parser refuses', async () => {
    const { post } = await start(() => 'ran', {
      parse: () => {
        throw new Error('no');
      },
    });

    expect((await post('k')).status).toBe(400);
  });

  test('keeps the effect of a sender that went away before the answer', async () => {
    const { url, post, store } = await start(async ({ db }) => {
      await sleep(80);
      db.set('charge', 1);
      return 'charged';
    });
    const abort = new AbortController();
    const gone = fetch(url, {
      method: 'POST',
      body: '{"id":1}',
      headers: { 'idempotency-key': 'k' },
      signal: abort.signal,
    });
    await sleep(30);
    abort.abort();
    await gone.catch(() => undefined);

    expect((await post('k')).text).toBe('charged');
    expect(store.data.size).toBe(1);
  });
});
