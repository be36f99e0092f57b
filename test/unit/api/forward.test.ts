import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { PermanentError, RetryAfter } from '../../../functions/api/errors.ts';
import { forward, retryAfterSeconds, type ForwardOptions } from '../../../functions/api/forward.ts';
import type { HandlerContext, WebhookEvent } from '../../../functions/api/handler.ts';
import { ConfigError } from '../../../functions/api/config-error.ts';

const now = new Date();
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function aDestination(answer: { status: number; headers?: Record<string, string> } | 'never') {
  const received: { headers: IncomingHttpHeaders; body: Buffer; method: string; path: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { headers, method = '', url: path = '' } = request;
      received.push({ headers, body: Buffer.concat(chunks), method, path });
      if (answer !== 'never') response.writeHead(answer.status, answer.headers).end('some answer');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

const event: WebhookEvent = {
  source: 'acme',
  eventId: 'e1',
  type: 'paid',
  lane: 'acme#e1',
  body: {},
  raw: Uint8Array.of(0x7b, 0x7d, 0xff, 0x0a),
  headers: {
    'content-type': 'application/json; charset=utf-8',
    authorization: 'Bearer sender-secret',
    cookie: 'a=b',
    'x-github-event': 'push',
    host: 'hooks.example.com',
  },
  acceptedAt: now,
};

function aContext(signal = new AbortController().signal): HandlerContext {
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  return {
    idempotencyKey: 'f'.repeat(64),
    attempt: 1,
    correlationId: 'corr-1',
    signal,
    log,
    now: () => now,
    transact() {},
    once: (_, fn) => fn(),
  };
}

describe('forward', () => {
  it('posts the original bytes under the keys that never change, and nothing private', async () => {
    const { url, received } = await aDestination({ status: 204 });

    const result = await forward(url, { passHeaders: ['X-GitHub-Event'] })(event, aContext());

    expect(result).toEqual({ status: 204 });
    expect(received).toHaveLength(1);
    const { headers, body, method } = received[0]!;
    expect(method).toBe('POST');
    expect(body).toEqual(Buffer.from(event.raw));
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': 'f'.repeat(64),
      'x-correlation-id': 'corr-1',
      'x-github-event': 'push',
    });
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('webhook-signature');
    expect(headers).not.toHaveProperty('traceparent');
    expect(headers.host).not.toBe('hooks.example.com');
  });

  it('passes the trace context on', async () => {
    const { url, received } = await aDestination({ status: 204 });
    const traceParent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

    await forward(url)(event, { ...aContext(), traceParent });

    expect(received[0]?.headers).toHaveProperty('traceparent', traceParent);
  });

  it('signs so that the reference library accepts it', async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const { url, received } = await aDestination({ status: 200 });
    const text = { ...event, raw: Buffer.from('{"a":"ü"}') };

    await forward(url, { secret: () => secret })(text, aContext());

    const { headers, body } = received[0]!;
    const signed = headers as Record<string, string>;
    expect(new Webhook(secret).verify(body.toString(), signed)).toEqual({ a: 'ü' });
    expect(() => new Webhook(secret).verify('{"a":"u"}', signed)).toThrow();
  });

  it('does not send what it cannot sign', async () => {
    const { url, received } = await aDestination({ status: 200 });

    await expect(
      forward(url, { secret: { env: 'HOOKLANE_NO_SUCH_VARIABLE' } })(event, aContext()),
    ).rejects.toThrow('secret');
    expect(received).toHaveLength(0);
  });

  it.each([
    [400, PermanentError],
    [401, PermanentError],
    [404, PermanentError],
    [410, PermanentError],
    [422, PermanentError],
    [301, PermanentError],
    [307, PermanentError],
    [408, Error],
    [425, Error],
    [429, Error],
    [500, Error],
    [503, Error],
  ])('answers a %i with the right kind of failure', async (status, kind) => {
    const { url, received } = await aDestination({ status, headers: { location: 'http://127.0.0.1:1/' } });

    const failure: unknown = await Promise.resolve(forward(url)(event, aContext())).catch(
      (error: unknown) => error,
    );

    expect(failure).toBeInstanceOf(kind);
    expect(failure instanceof PermanentError).toBe(kind === PermanentError);
    expect(received).toHaveLength(1);
  });

  it('comes back when the destination says', async () => {
    const { url } = await aDestination({ status: 503, headers: { 'retry-after': '120' } });

    const failure: unknown = await Promise.resolve(forward(url)(event, aContext())).catch(
      (error: unknown) => error,
    );

    expect(failure).toBeInstanceOf(RetryAfter);
    expect(failure).toMatchObject({ seconds: 120 });
  });

  it('comes back to a destination that works on a copy, and to no other conflict', async () => {
    const busy = await aDestination({ status: 409, headers: { 'retry-after': '3' } });
    const conflict = await aDestination({ status: 409, headers: {} });

    const failureAt = (url: string): Promise<unknown> =>
      Promise.resolve(forward(url)(event, aContext())).catch((error: unknown) => error);

    expect(await failureAt(busy.url)).toMatchObject({ seconds: 3 });
    expect(await failureAt(conflict.url)).toBeInstanceOf(PermanentError);
  });

  it('stops with the attempt, and retries what it cannot reach', async () => {
    const { url } = await aDestination('never');
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);

    await expect(forward(url)(event, aContext(abort.signal))).rejects.toThrow();
    const unreachable: unknown = await Promise.resolve(
      forward('http://127.0.0.1:1/')(event, aContext()),
    ).catch((error: unknown) => error);
    expect(unreachable).toBeInstanceOf(Error);
    expect(unreachable).not.toBeInstanceOf(PermanentError);
  });

  it.each(['', 'hooks.example.com', 'ftp://example.com/', 'javascript:alert(1)'])(
    'refuses the address %j',
    (url) => {
      expect(() => forward(url)).toThrow(ConfigError);
    },
  );
});

describe('forward with `reshape`', () => {
  const reshapedAs = (given: unknown): ForwardOptions => ({ reshape: () => given as never });
  const failureOf = async (url: string, options: ForwardOptions): Promise<unknown> =>
    await Promise.resolve(forward(url, options)(event, aContext())).catch((error: unknown) => error);

  it('sends the method, path, headers and body that it gives, and its own headers as ever', async () => {
    const { url, received } = await aDestination({ status: 200 });
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

    await forward(url, {
      secret: () => secret,
      passHeaders: ['x-github-event'],
      reshape: ({ eventId }) => ({
        method: 'PUT',
        path: `/customers/${eventId}?from=acme`,
        headers: {
          'X-Api-Version': '2',
          'user-agent': 'shop',
          'Idempotency-Key': 'mine',
          'webhook-id': 'mine',
        },
        body: { customer: eventId },
      }),
    })(event, aContext());

    const { headers, body, method, path } = received[0]!;
    expect([method, path, body.toString()]).toEqual(['PUT', '/customers/e1?from=acme', '{"customer":"e1"}']);
    expect(headers).toMatchObject({
      'x-api-version': '2',
      'user-agent': 'shop',
      'content-type': 'application/json',
      'x-github-event': 'push',
      'idempotency-key': 'f'.repeat(64),
      'webhook-id': 'f'.repeat(64),
      'x-correlation-id': 'corr-1',
    });
    const signed = headers as Record<string, string>;
    expect(new Webhook(secret).verify(body.toString(), signed)).toEqual({ customer: 'e1' });
  });

  it.each<[string, unknown, string, string | undefined]>([
    ['nothing: the bytes as they were received', {}, '{}\xff\n', 'application/json; charset=utf-8'],
    [
      'a text, under the type that was received',
      { body: 'ü' },
      '\xc3\xbc',
      'application/json; charset=utf-8',
    ],
    [
      'bytes, under a type of their own',
      { body: Uint8Array.of(0, 255), headers: { 'content-type': 'image/png' } },
      '\0\xff',
      'image/png',
    ],
    ['a list', { body: [1, null] }, '[1,null]', 'application/json'],
    ['null', { body: null }, 'null', 'application/json'],
    ['JSON of another type', { body: {}, headers: { 'Content-Type': 'a/b+json' } }, '{}', 'a/b+json'],
    ['an empty body', { method: 'DELETE', body: '' }, '', 'application/json; charset=utf-8'],
    ['a GET, which has none', { method: 'GET' }, '', undefined],
  ])('sends as its body %s', async (_, given, body, contentType) => {
    const { url, received } = await aDestination({ status: 204 });

    await forward(url, reshapedAs(given))(event, aContext());

    expect(received[0]?.body.toString('latin1')).toBe(body);
    expect(received[0]?.headers['content-type']).toBe(contentType);
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /must return an object/],
    ['a promise', Promise.resolve({}), /no promise/],
    ['a list', [], /must return an object/],
    [
      'a part that there is not',
      { url: 'http://127.0.0.1/' },
      /"url" is none of method, path, headers, body/,
    ],
    ['another method', { method: 'TRACE' }, /the method must be one of DELETE, GET/],
    ['a GET with a body', { method: 'GET', body: 'x' }, /a GET has no body/],
    ['a path without its slash', { path: 'customers' }, /must begin with a slash/],
    ['a path that is no text', { path: 7 }, /must begin with a slash/],
    ['another host', { path: '//127.0.0.1:1/x' }, /must not lead to another host/],
    ['another host, as browsers read it', { path: '/\\127.0.0.1:1/x' }, /must not lead to another host/],
    ['a host that is none', { path: '//[' }, /must not lead to another host/],
    ['headers that are a list', { headers: [['a', 'b']] }, /headers must be an object/],
    ['a header that is no text', { headers: { 'x-count': 7 } }, /"x-count" must be a text/],
    ['two headers in one', { headers: { 'x-a': 'b\r\nx-c: d' } }, /"x-a" has a name or a value/],
    ['a header without a name', { headers: { '': 'x' } }, /"" has a name or a value/],
    ['another length', { headers: { 'Content-Length': '1' } }, /"Content-Length" belongs to the connection/],
    ['another host in a header', { headers: { host: 'a.example' } }, /"host" belongs to the connection/],
    ['what is no JSON', { body: { n: 1n } }, /the body is no JSON: .*BigInt/],
    ['a function', { body: () => 'x' }, /neither text, bytes nor JSON/],
  ])('fails for good, and sends nothing, where it gives %s', async (_, given, message) => {
    const { url, received } = await aDestination({ status: 200 });

    const failure = await failureOf(url, reshapedAs(given));

    expect(failure).toBeInstanceOf(PermanentError);
    expect((failure as Error).message).toMatch(/^`reshape` gave no request: /);
    expect((failure as Error).message).toMatch(message);
    expect(received).toHaveLength(0);
  });

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('no such field'), '`reshape` threw: no such field'],
    ['what is no error', Object.create(null), '`reshape` threw: what is no error'],
  ])('fails for good where it throws %s', async (_, thrown, message) => {
    const { url, received } = await aDestination({ status: 200 });
    const reshape = () => {
      throw thrown;
    };

    const failure = await failureOf(url, { reshape });

    expect(failure).toBeInstanceOf(PermanentError);
    expect(failure).toMatchObject({ message, cause: thrown });
    expect(received).toHaveLength(0);
  });
});

describe('retryAfterSeconds', () => {
  const at = new Date('2026-03-01T12:00:00Z');

  it.each([
    ['120', 120],
    ['0', 1],
    ['99999999', 43_200],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 1],
    ['soon', undefined],
    ['-5', undefined],
    [null, undefined],
  ])('reads %j as %j', (value, seconds) => {
    expect(retryAfterSeconds(value, at)).toBe(seconds);
  });
});
