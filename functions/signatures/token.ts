import { createHash, timingSafeEqual } from 'node:crypto';
import { decodeStrictly } from './encoding.ts';
import { placeProblem, textsAt, type Place } from './place.ts';
import { viewOf } from './request-view.ts';
import type { Verifier } from './verifier.ts';
import type { Verdict } from './verdict.ts';

export interface TokenSpec {
  readonly name: string;
  readonly from: Place;
  /** Stands before the token, compared without regard to case: `Bearer `. */
  readonly scheme?: string;
  /** Where the sender encodes the secret, as Basic authentication does. */
  readonly sentAs?: 'base64';
}

/** The secret itself is sent. Says who calls, not what was sent: anybody who sees one request can make others. */
export function token(spec: TokenSpec): Verifier {
  const problem = placeProblem(spec.from);
  return {
    name: spec.name,
    needsSecret: true,
    secretHeaders: spec.from.startsWith('header:') ? [spec.from.slice('header:'.length).toLowerCase()] : [],
    problems: problem === undefined ? [] : [problem],
    verify: (request, secrets) => {
      const usable = secrets.filter((secret) => secret !== '');
      if (usable.length === 0 || problem !== undefined) return { verified: false, cause: 'no-secret' };
      const text = textsAt(spec.from, viewOf(request))[0];
      return text === undefined ? { verified: false, cause: 'missing-signature' } : check(text, spec, usable);
    },
  };
}

function check(text: string, { scheme = '', sentAs }: TokenSpec, secrets: readonly string[]): Verdict {
  if (text.slice(0, scheme.length).toLowerCase() !== scheme.toLowerCase()) {
    return { verified: false, cause: 'malformed-signature' };
  }
  const sent = text.slice(scheme.length);
  const presented = sentAs === undefined ? sent : decodeStrictly(sent, sentAs)?.toString('utf8');
  if (presented === undefined) return { verified: false, cause: 'malformed-signature' };
  return isAmong(presented, secrets) ? { verified: true } : { verified: false, cause: 'wrong-signature' };
}

/** Compares digests: of equal length whatever the tokens are, and all of them, so that the time tells nothing. */
function isAmong(presented: string, secrets: readonly string[]): boolean {
  const wanted = digest(presented);
  let found = false;
  for (const secret of secrets) {
    if (timingSafeEqual(digest(secret), wanted)) found = true;
  }
  return found;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
