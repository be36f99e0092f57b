import { createHmac } from 'node:crypto';
import { ConfigError } from './config-error.ts';
import { PermanentError, RetryAfter } from './errors.ts';
import type { Handler, HandlerContext, WebhookEvent } from './handler.ts';
import { outgoing, type Outgoing, type Reshape } from './reshape.ts';

export interface ForwardOptions<Body = unknown> {
  /**
   * The key of the Standard Webhooks signature, `whsec_` and base64: the name of an environment variable, or a function. Without it
   * nothing is signed.
   */
  readonly secret?: { readonly env: string } | (() => string | Promise<string>);
  /** Headers of the received request to pass on (default only its content type): the others may hold the sender's own secrets. */
  readonly passHeaders?: readonly string[];
  /**
   * What is sent instead of the event as it was received. Called at each attempt, so it must give the same for the same event: destinations compare what comes
   * under one idempotency key. What it throws, or gives that is no request, fails the event for good. Default: the event as it was received.
   */
  readonly reshape?: Reshape<Body>;
}

export interface ForwardDependencies {
  readonly fetch: typeof globalThis.fetch;
}

/** A status that asks to come again. Every 5xx does too. */
const retried = new Set([408, 425, 429]);

/** A copy of the event is being worked on, says a destination that runs each key once: its answer comes later. */
const isAtWork = (status: number, headers: Headers): boolean => status === 409 && headers.has('retry-after');

/**
 * Posts the bytes as they were received, or what `reshape` makes of them, with an `Idempotency-Key` that never changes, the correlation id, the trace context
 * (`traceparent`), and a Standard Webhooks signature of what is sent. 2xx is success; 408, 425, 429, 5xx, a 409 with `Retry-After` and network errors are retried, honouring `Retry-After`;
 * redirects and every other answer fail for good.
 */
export function forward<Body = unknown>(
  url: string,
  options: ForwardOptions<Body> = {},
  dependencies: ForwardDependencies = { fetch: globalThis.fetch },
): Handler<WebhookEvent<Body>> {
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new ConfigError([{ path: 'forward', message: `"${url}" is no http(s) address` }]);
  }
  return async (event, ctx) => {
    const request = outgoing(url, event, receivedHeaders(event, options), options.reshape);
    await addOwnHeaders(request, ctx, options);
    const response = await dependencies.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal: ctx.signal,
    });
    await response.body?.cancel();
    return judge(response, ctx.now());
  };
}

function judge({ status, headers }: Response, now: Date): { readonly status: number } {
  if (status >= 200 && status < 300) return { status };
  const message = `the destination answered ${status}`;
  if (!retried.has(status) && status < 500 && !isAtWork(status, headers)) throw new PermanentError(message);
  const seconds = retryAfterSeconds(headers.get('retry-after'), now);
  if (seconds === undefined) throw new Error(message);
  // A 409 is about the one event; whoever is too busy or away is so for all.
  throw new RetryAfter(seconds, message, { forAll: status !== 409 });
}

const longestDelaySeconds = 43_200;

/** Seconds or an HTTP date; 1 to 43,200 s. Undefined where there is none that can be read. */
export function retryAfterSeconds(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  const isDate = /^[A-Z][a-z]{2}, /.test(value);
  const seconds = isDate
    ? (Date.parse(value) - now.getTime()) / 1000
    : /^\d+$/.test(value)
      ? Number(value)
      : NaN;
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(Math.ceil(seconds), 1), longestDelaySeconds);
}

function receivedHeaders(
  { headers }: WebhookEvent,
  { passHeaders = [] }: Pick<ForwardOptions, 'passHeaders'>,
): Readonly<Record<string, string>> {
  const passed = ['content-type', ...passHeaders].flatMap((name): [string, string][] => {
    const value = headers[name.toLowerCase()];
    return value === undefined ? [] : [[name.toLowerCase(), value]];
  });
  return {
    'user-agent': 'hooklane',
    'content-type': 'application/octet-stream',
    ...Object.fromEntries(passed),
  };
}

/** Those that `forward` promises, whatever was passed on or reshaped. */
async function addOwnHeaders(
  { headers, body = new Uint8Array() }: Outgoing,
  ctx: HandlerContext,
  { secret: named }: Pick<ForwardOptions, 'secret'>,
): Promise<void> {
  headers.set('idempotency-key', ctx.idempotencyKey);
  headers.set('x-correlation-id', ctx.correlationId);
  if (ctx.traceParent !== undefined) headers.set('traceparent', ctx.traceParent);

  const secret = await secretOf(named);
  if (secret === undefined) return;
  const timestamp = String(Math.floor(ctx.now().getTime() / 1000));
  headers.set('webhook-id', ctx.idempotencyKey);
  headers.set('webhook-timestamp', timestamp);
  headers.set('webhook-signature', sign(secret, `${ctx.idempotencyKey}.${timestamp}.`, body));
}

async function secretOf(secret: ForwardOptions['secret']): Promise<string | undefined> {
  if (secret === undefined) return undefined;
  const found = typeof secret === 'function' ? await secret() : process.env[secret.env];
  // Sending unsigned what was meant to be signed would be worse than a retry.
  if (found === undefined || found === '') throw new Error('the secret for signing is not there');
  return found;
}

function sign(secret: string, signedBefore: string, raw: Uint8Array): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(signedBefore).update(raw).digest('base64')}`;
}
