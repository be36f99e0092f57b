import type { IncomingHttpHeaders } from 'node:http';

/** How programs on this machine call the gateway, and where their own pages come from. */
const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Whether a request comes from elsewhere although only this machine can connect: from a web page of another origin that is open in a
 * browser here, from one that had its own name point here (DNS rebinding), or through a tunnel that lets providers in.
 */
export function isForeign({ host, origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>): boolean {
  return (host !== undefined && !isOwn(`http://${host}`)) || (origin !== undefined && !isOwn(origin));
}

function isOwn(url: string): boolean {
  // The origin of a sandboxed or local page is `null`.
  return URL.canParse(url) && ownNames.has(new URL(url).hostname);
}
