import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { PermanentError, RetryAfter } from '../../../functions/api/errors.ts';
import { forward, retryAfterSeconds } from '../../../functions/api/forward.ts';
import type { HandlerContext, WebhookEvent } from '../../../functions/api/handler.ts';
import { ConfigError } from '../../../functions/api/config-error.ts';

const now = new Date();
const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function aDestination(answer: { status: number; headers?: Record<string, string> } | 'never') {
  const received: { headers: IncomingHttpHeaders; body: Buffer; method: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks), method: request.method ?? '' });
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
