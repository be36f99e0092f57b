import type { VerifiableRequest } from './verifiable-request.ts';

/**
 * The address the provider calls: the registered one, with the query as it came, since some senders add to it. Never rebuilt from `Host`,
 * which the caller chooses.
 */
export function publicUrlOf({ publicUrl, rawQuery }: VerifiableRequest): string | undefined {
  return rawQuery === '' ? publicUrl : publicUrl?.replace(/\?.*|$/s, () => `?${rawQuery}`);
}

/** With its port spelled out. */
export function withPort(url: string | undefined): string | undefined {
  return url?.replace(/^(https?):\/\/[^/?#]*/, (origin, scheme: string) =>
    /:\d+$/.test(origin) ? origin : `${origin}:${scheme === 'https' ? 443 : 80}`,
  );
}

/** Without any port. */
export function withoutPort(url: string | undefined): string | undefined {
  return url?.replace(/^(https?:\/\/[^/?#]*?):\d+(?=[/?#]|$)/, '$1');
}

const undone: Readonly<Record<string, string>> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

/** The escapes that HubSpot's documentation names undone, all others left. */
export function decoded(url: string | undefined): string | undefined {
  return url?.replace(/%[0-9A-F]{2}/gi, (escape) => undone[escape.toUpperCase()] ?? escape);
}
