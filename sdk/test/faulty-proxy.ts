import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export type Fault = 'refused' | 'server-error' | 'answer-lost' | 'timeout';

/** Stands between sender and consumer, and breaks what `faultOf` says: before the consumer sees it, or after it has answered. */
export async function startFaultyProxy(target: () => string, faultOf: () => Fault | undefined) {
  const counts: Record<Fault | 'passed', number> = {
    refused: 0,
    'server-error': 0,
    'answer-lost': 0,
    timeout: 0,
    passed: 0,
  };
  const server = createServer((request, response) => {
    const pass = async () => {
      const fault = faultOf();
      counts[fault ?? 'passed'] += 1;
      const body = await buffer(request);
      if (fault === 'refused') return void response.destroy();
      if (fault === 'server-error') return void response.writeHead(500).end();
      const headers = Object.entries(request.headers).filter(
        ([name]) => !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name),
      );
      const answer = await fetch(target(), {
        method: 'POST',
        headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
        body: new Uint8Array(body),
      });
      const text = await answer.text();
      if (fault === 'answer-lost') return void response.destroy();
      // The sender gives up first.
      if (fault === 'timeout') return;
      const retryAfter = answer.headers.get('retry-after');
      response.writeHead(answer.status, retryAfter === null ? {} : { 'retry-after': retryAfter }).end(text);
    };
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`,
    counts,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
