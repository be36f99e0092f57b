import { signed } from '../../functions/api/sign-for-iam.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Target } from './target.ts';

export interface ApiRequest {
  readonly method: 'GET' | 'POST';
  /** Encoded as it goes over the wire. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface SendOptions {
  readonly now: () => Date;
  readonly fetch: typeof globalThis.fetch;
  readonly signal?: AbortSignal;
  /** Of one request. Default 35,000: five more than API Gateway gives a function. */
  readonly timeoutMs?: number;
}

/** One request to a gateway, signed where that asks for it; whatever it answers is returned. Throws `CommandError` where nothing answers. */
export async function sendRequest(
  target: Target,
  { method, path, query = {}, headers = {}, body = '' }: ApiRequest,
  { now, fetch, signal, timeoutMs = 35_000 }: SendOptions,
): Promise<Response> {
  const url = new URL(`${target.url.replace(/\/$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const sent = { ...headers, ...(body !== '' && { 'content-type': 'application/json' }) };
  const all =
    target.account === undefined
      ? sent
      : await signed(
          url,
          { method, headers: sent, body },
          { credentials: await target.account.credentials(), region: await regionOf(target, url) },
          now(),
        );
  try {
    return await fetch(url, {
      method,
      headers: all,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
      ...(body !== '' && { body }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw new CommandError('Interrupted.', exitCodes.interrupted);
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CommandError(`${target.where} does not answer at ${url.origin}: ${cause}`, exitCodes.away);
  }
}

/** The one that the address names, else that of the account's configuration. */
async function regionOf({ account }: Target, { hostname }: URL): Promise<string> {
  const named = /\.execute-api\.([\w-]+)\.amazonaws\./.exec(hostname)?.[1];
  return named ?? (await account?.region()) ?? '';
}

/** An id or an entity as a part of a path. No client of HTTP sends `.` and `..` as they are, not even encoded once. */
export const pathPart = (text: string): string =>
  /^\.{1,2}$/.test(text) ? text.replaceAll('.', '%252E') : encodeURIComponent(text.toWellFormed());
