import { createHash, timingSafeEqual } from 'node:crypto';
import type { Handshake } from './handshake.ts';
import { textsAt, type Place } from '../signatures/place.ts';

export interface EchoSpec {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly isSigned: boolean;
  /** What makes a request this handshake: texts at places. */
  readonly when?: Partial<Readonly<Record<Place, string>>>;
  /** What is sent back, as plain text. A request without it is no handshake. */
  readonly echo: Place;
  /** For senders that want it as JSON: the name of the member. */
  readonly member?: string;
  /** Where the token stands that a person typed at the sender; it must be one of the source's `handshake:…` secrets. */
  readonly token?: Place;
}

/** Longer than any challenge seen. */
const longestChallenge = 1024;

/** Sends a challenge back. */
export function echo({ name, method, isSigned, when = {}, echo: from, member, token }: EchoSpec): Handshake {
  return {
    name,
    method,
    isSigned,
    respond(view, { handshakeSecrets }) {
      const challenge = textsAt(from, view)[0];
      const applies = Object.entries(when).every(([place, text]) => textsAt(place, view)[0] === text);
      if (challenge === undefined || !applies) return undefined;
      const isKnown = token === undefined || isAmong(textsAt(token, view)[0], handshakeSecrets);
      if (!isKnown || challenge.length > longestChallenge) return { kind: 'refused' };
      const answer =
        member === undefined ? plainText(challenge) : { status: 200, body: { [member]: challenge } };
      return { kind: 'answer', answer };
    },
  };
}

/** Never taken for a page, whatever was echoed. */
export function plainText(text: string) {
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: text,
  };
}

function isAmong(text: string | undefined, secrets: readonly string[]): boolean {
  if (text === undefined) return false;
  const digest = (of: string) => createHash('sha256').update(of, 'utf8').digest();
  const wanted = digest(text);
  let found = false;
  for (const secret of secrets) if (secret !== '' && timingSafeEqual(digest(secret), wanted)) found = true;
  return found;
}
