import { token } from './token.ts';
import type { Verifier } from './verifier.ts';

/** A key that is sent as it is, in a header or a query parameter (which ends up in access logs: prefer the header). */
export function apiKey(where: { readonly header: string } | { readonly query: string }): Verifier {
  return token({
    name: 'api-key',
    from: 'header' in where ? `header:${where.header}` : `query:${where.query}`,
  });
}
