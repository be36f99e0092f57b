import { createHmac } from 'node:crypto';
import type { Handshake } from './handshake.ts';
import type { Answer } from '../api/answer.ts';
import type { HashName } from '../signatures/algorithm.ts';
import { hmacKey, type KeySpec } from '../signatures/key.ts';
import { textsAt, type Place } from '../signatures/place.ts';

interface ProofSpec {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly isSigned: boolean;
  /** What makes a request this handshake: texts at places. */
  readonly when?: Partial<Readonly<Record<Place, string>>>;
  /** A request without it is no handshake. */
  readonly challenge: Place;
  /**
   * All that a challenge may be. Whoever chooses it is told its HMAC under the secret that events are signed with: a challenge that could be
   * what is signed of an event would let everybody sign events.
   */
  readonly form: RegExp;
  readonly hash: HashName;
  readonly key?: KeySpec;
  readonly encoding: 'hex' | 'base64';
  answer(challenge: string, proof: string): Answer;
}

/** Shows that we know the newest secret: the HMAC of a challenge. */
export function proof(spec: ProofSpec): Handshake {
  const { name, method, isSigned, when = {}, form, hash, key = { format: 'utf8' }, encoding } = spec;
  return {
    name,
    method,
    isSigned,
    respond(view, { secrets }) {
      const challenge = textsAt(spec.challenge, view)[0];
      const applies = Object.entries(when).every(([place, text]) => textsAt(place, view)[0] === text);
      if (challenge === undefined || !applies) return undefined;
      const secret = hmacKey(secrets[0] ?? '', key);
      if (secret === undefined || form.exec(challenge)?.[0] !== challenge) return { kind: 'refused' };
      const text = createHmac(hash, secret).update(challenge, 'utf8').digest(encoding);
      return { kind: 'answer', answer: spec.answer(challenge, text) };
    },
  };
}
