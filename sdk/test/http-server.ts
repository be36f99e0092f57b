import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A server on a port of its own, and a way to post to it. */
export async function serve(listener: (...given: Parameters<RequestListener>) => unknown) {
  const server = createServer((req, res) => void listener(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url,
    post: (
      key: string | undefined,
      body: string | Uint8Array = '{"id":1}',
      headers: Record<string, string> = {},
    ) => post(`${url}/webhooks`, key, body, headers),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function post(
  url: string,
  key: string | undefined,
  body: string | Uint8Array = '{"id":1}',
  headers: Record<string, string> = {},
): Promise<Sent> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
      ...headers,
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export const causeOf = ({ text }: Sent): unknown => {
  const problem: unknown = JSON.parse(text);
  return typeof problem === 'object' && problem !== null && 'cause' in problem ? problem.cause : undefined;
};
