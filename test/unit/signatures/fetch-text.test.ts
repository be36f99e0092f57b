import { expect, it } from 'vitest';
import { fetchText, fetchTextIfThere } from '../../../functions/signatures/fetch-text.ts';

const url = 'https://keys.example/all?x=1';

function answering(response: () => Response) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  return {
    asked,
    fetch: async (of: string, init?: RequestInit) => {
      asked.push({ url: of, init });
      return response();
    },
  };
}

it('gives the text, asked for as it was told, following no redirect, with an end to its patience', async () => {
  const { asked, fetch } = answering(() => new Response('text'));

  expect(await fetchTextIfThere(url, fetch, { method: 'POST', redirect: 'follow' })).toBe('text');
  expect(asked).toMatchObject([{ url, init: { method: 'POST', redirect: 'error' } }]);
  expect(asked[0]?.init?.signal).toBeInstanceOf(AbortSignal);
});

it('gives up after three seconds', async () => {
  const begin = performance.now();
  const silent = (_: string, init?: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });

  await expect(fetchText(url, silent)).rejects.toThrow('aborted');
  expect(performance.now() - begin).toBeGreaterThan(2900);
  expect(performance.now() - begin).toBeLessThan(6000);
});

it.each([400, 403, 404])('takes %i for an answer: there is no such thing', async (status) => {
  const { fetch } = answering(() => new Response('no', { status }));

  expect(await fetchTextIfThere(url, fetch)).toBeUndefined();
  await expect(fetchText(url, fetch)).rejects.toThrow('keys.example has no /all');
});

it.each([401, 429, 500, 503])('takes %i for a failure', async (status) => {
  const { fetch } = answering(() => new Response(null, { status }));

  await expect(fetchTextIfThere(url, fetch)).rejects.toThrow(`keys.example answered ${status}`);
});

it('takes 256 K characters and no more', async () => {
  const most = 'a'.repeat(256 * 1024);

  expect(await fetchText(url, answering(() => new Response(most)).fetch)).toHaveLength(most.length);
  await expect(fetchText(url, answering(() => new Response(`${most}a`)).fetch)).rejects.toThrow(
    'keys.example answered too much',
  );
});
