import { apiRoot } from '../shell/where.ts';
import { noteAnswer, noteSilence } from './connection.ts';
import type { ApiProblem } from './wire.ts';

/** What an operator is told of a request that was not done. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly cause?: string;
  /** Of a refusal: the state that the event is in. */
  readonly state?: string;
}

/** Whoever asks is not let in: an expired credential, a missing permission. The API's own refusals have a cause. */
export const isDenied = ({ status, cause }: Problem): boolean =>
  (status === 401 || status === 403) && cause === undefined;

export type Answer<T> =
  | { readonly kind: 'found'; readonly value: T; readonly text: string }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** Nobody answers, or nobody who knows: it is worth asking again. */
  | { readonly kind: 'away'; readonly why: string };

const apiUrl = (path: string): URL => new URL(path, apiRoot);

export const read = <T>(path: string): Promise<Answer<T>> => ask<T>(path, { method: 'GET' });

export const act = <T>(path: string, body: unknown): Promise<Answer<T>> =>
  ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** An id in a path. A browser takes dots for steps in it, however they are encoded once. */
export const inPath = (id: string): string =>
  /^\.{1,2}$/.test(id) ? id.replaceAll('.', '%252E') : encodeURIComponent(id);

const longestWaitMs = 15_000;

async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  const answer = await asked<T>(path, init);
  if (answer.kind === 'away') noteSilence(answer.why);
  else if (answer.kind === 'found' || !isDenied(answer.problem)) noteAnswer();
  return answer;
}

async function asked<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(apiUrl(path), { ...init, signal: AbortSignal.timeout(longestWaitMs) });
    text = await response.text();
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError';
    return {
      kind: 'away',
      why: isLate ? 'It took longer than 15 seconds.' : 'The connection was refused or broken off.',
    };
  }
  const body = parsed(text);
  if (response.ok && body !== undefined) return { kind: 'found', value: body as T, text };
  const problem = problemOf(response.status, body);
  return response.status >= 500
    ? { kind: 'away', why: `It answered ${response.status}: ${problem.detail}` }
    : { kind: 'problem', problem };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(status: number, body: unknown): Problem {
  if (isProblem(body)) {
    const { title, cause, state } = body;
    const errors = body.errors?.map(({ at, message }) => `${at}: ${message}`) ?? [];
    const detail = [body.detail, ...errors].join('\n');
    return { status, title, detail, cause, ...(state !== undefined && { state }) };
  }
  const said = gatewaysWords(body);
  return status === 401 || status === 403
    ? { status, title: 'Not allowed', detail: `${said}\n${whatHelps}` }
    : { status, title: `Answered ${status}`, detail: said };
}

/** API Gateway says the same of an expired credential as of a missing permission. */
const whatHelps =
  'Have your credentials expired? Sign in again ("aws sso login"); where they were copied, start "hooklane console" anew. ' +
  'Else they lack execute-api:Invoke on this: see the runbook, "Looking and acting".';

function gatewaysWords(body: unknown): string {
  if (typeof body !== 'object' || body === null) return 'No reason given.';
  if ('message' in body) return String(body.message);
  return 'Message' in body ? String(body.Message) : 'No reason given.';
}

const isProblem = (body: unknown): body is ApiProblem =>
  typeof body === 'object' && body !== null && 'title' in body && 'detail' in body;
