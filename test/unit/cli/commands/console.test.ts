import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run } from '../../../../cli/run.ts';
import { listen, stopListening, urlOf } from '../../../../local/loopback.ts';
import { testTerminal } from '../../../support/test-terminal.ts';
import { until } from '../../../local/fixtures/until.ts';

const api = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ asked: request.url }));
});
let url: string;
beforeAll(async () => {
  url = urlOf(await listen(api, 0, 'the API'));
});
afterAll(() => stopListening(api));

it('prints an address behind which the API answers, until it is stopped', async () => {
  const stop = new AbortController();
  const { terminal, printed } = testTerminal({ ended: stop.signal });

  const running = run(['console', '--url', url, '--port', '0'], terminal);
  await until(() => printed.output.includes('/console/'), 'the address is printed');
  const [address = ''] = /http:\S+\/console\//.exec(printed.output.split('\n')[1] ?? '') ?? [];
  const answered: unknown = await (await fetch(new URL('../ops/attention', address))).json();
  stop.abort();

  expect(await running).toBe(0);
  expect(answered).toEqual({ asked: '/ops/attention' });
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});
