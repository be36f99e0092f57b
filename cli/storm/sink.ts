import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { listen, stopListening, urlOf } from '../../local/loopback.ts';
import type { SinkCall } from './observed.ts';

const asked = z.object({ event: z.string(), lane: z.string(), idempotencyKey: z.string() });

export interface StormSink {
  readonly url: string;
  readonly calls: readonly SinkCall[];
  close(): Promise<void>;
}

/** What handlers call. `statusOf` says how the nth call of an event ends. */
export async function startSink(statusOf: (event: string, nth: number) => number): Promise<StormSink> {
  const calls: SinkCall[] = [];
  const server = createServer((request, response) => {
    const answering = async () => {
      const call: SinkCall = { ...asked.parse(JSON.parse(await text(request))), startedAt: Date.now() };
      const nth = calls.filter(({ event }) => event === call.event).length;
      calls.push(call);
      response.on('finish', () => (call.endedAt = Date.now()));
      response.writeHead(statusOf(call.event, nth)).end();
    };
    answering().catch(() => response.destroy());
  });
  const url = urlOf(await listen(server, 0, 'the sink'));
  return { url, calls, close: () => stopListening(server) };
}
