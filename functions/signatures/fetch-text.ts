/** What a verifier needs of `fetch`; tests bring their own. */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const timeoutMs = 3000;
const mostCharacters = 256 * 1024;

/** Undefined where the address says that there is no such thing (400, 403, 404): an answer, where a failure is none. */
export async function fetchTextIfThere(
  url: string,
  fetch: Fetch,
  init: RequestInit = {},
): Promise<string | undefined> {
  const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  if (response.ok) return await textOf(response, url);
  await response.body?.cancel();
  if ([400, 403, 404].includes(response.status)) return undefined;
  throw new Error(`${new URL(url).host} answered ${response.status}`);
}

/** The text at an address; rejects on anything but a 2xx, on a redirect, after 3 s, and over 256 K characters. */
export async function fetchText(url: string, fetch: Fetch): Promise<string> {
  const text = await fetchTextIfThere(url, fetch);
  if (text === undefined) throw new Error(`${new URL(url).host} has no ${new URL(url).pathname}`);
  return text;
}

async function textOf(response: Response, url: string): Promise<string> {
  const text = await response.text();
  if (text.length > mostCharacters) throw new Error(`${new URL(url).host} answered too much`);
  return text;
}
