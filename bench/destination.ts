import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import { listen, stopListening, urlOf } from '../local/loopback.ts';

/** One call that a handler made. */
export interface Call {
  readonly path: string;
  /** Of the event. */
  readonly id: string;
  readonly at: number;
  readonly status: number;
}

/** What handlers forward to: notes each call, and answers as it is told. */
export interface Destination {
  readonly url: string;
  readonly calls: readonly Call[];
  /** From now on, to calls of this path; 200 by default. */
  answer(path: string, status: number): void;
  close(): Promise<void>;
}

const Body = z.object({ id: z.string() });

export async function startDestination(): Promise<Destination> {
  const calls: Call[] = [];
  const answers = new Map<string, number>();
  const server = createServer((request, response) => {
    const answering = async () => {
      const { id } = Body.parse(await json(request));
      const path = request.url ?? '';
      const status = answers.get(path) ?? 200;
      calls.push({ path, id, at: Date.now(), status });
      response.writeHead(status).end();
    };
    answering().catch(() => response.destroy());
  });
  const url = urlOf(await listen(server, 0, 'the destination'));
  return {
    url,
    calls,
    answer: (path, status) => void answers.set(path, status),
    close: () => stopListening(server),
  };
}
