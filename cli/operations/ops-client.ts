import { CommandError } from '../command-error.ts';
import { knownOperations, type AnswerOf, type OperationName } from './known-operations.ts';
import { refusalError } from './refusal.ts';
import { pathPart, sendRequest, type SendOptions } from './send-request.ts';
import type { Target } from './target.ts';

export interface Asked {
  /** What the path names: `source`, `eventId`, `entity`, `id`. */
  readonly named?: Readonly<Record<string, string>>;
  /** What is undefined is not sent. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
}

export interface Answered<Value> {
  /** Parsed: times are dates. */
  readonly value: Value;
  /** As it came over the wire. */
  readonly json: unknown;
}

/** The operations API of one gateway. */
export interface OpsClient {
  readonly target: Target;
  /** Throws `CommandError` for whatever is no 2xx. */
  ask<Name extends OperationName>(name: Name, asked?: Asked): Promise<Answered<AnswerOf<Name>>>;
  /** An answer that is no JSON of a schema: a body as it came. */
  fetch(path: string, asked?: Asked): Promise<Response>;
}

export function opsClient(target: Target, options: SendOptions): OpsClient {
  async function send(method: 'GET' | 'POST', template: string, { named = {}, query = {}, body }: Asked) {
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => pathPart(named[name] ?? ''));
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as const],
    );
    const response = await sendRequest(
      target,
      {
        method,
        path,
        query: Object.fromEntries(given),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      options,
    );
    if (response.ok) return response;
    const what = `${method} ${decodeURI(path)}`;
    throw refusalError(response, await response.text(), { what, target, now: options.now() });
  }
  return {
    target,
    async ask(name, asked = {}) {
      const { method, path, answer } = knownOperations[name];
      const response = await send(method, path, asked);
      const json = parsed(await response.text());
      const read = answer.safeParse(json);
      if (read.success) return { value: read.data, json };
      throw new CommandError(
        `${target.where} answered ${method} ${path} with something that this version does not know: is it of another version? "hooklane doctor" says.`,
      );
    },
    fetch: (path, asked = {}) => send('GET', path, asked),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
