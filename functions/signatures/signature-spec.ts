import { isAlgorithm, type Algorithm } from './algorithm.ts';
import { isEncoding, type Encoding } from './encoding.ts';
import { isKeyFormat, type KeySpec } from './key.ts';
import { placeProblem, type Place } from './place.ts';
import type { Shape } from './shape.ts';
import type { Template } from './template.ts';
import { timestampProblem, type TimestampSpec } from './timestamp.ts';

/** A signature scheme as data. */
export interface SignatureSpec {
  readonly name: string;
  readonly algorithm: Algorithm;
  /** How the secret is spelled (default: its UTF-8 bytes are the key). */
  readonly key?: KeySpec;
  /** Where the signature stands; several places where a sender signs with several keys. Any that is right counts. */
  readonly from: Place | readonly Place[];
  /** Default `bare`. */
  readonly shape?: Shape;
  readonly encoding: Encoding;
  /**
   * What is signed: literals and placeholders, e.g. `{timestamp}.{body}`; see template.ts. Several where a sender is not sure itself: the
   * signature may be right for any of them.
   */
  readonly signed: string | readonly string[];
  readonly id?: Place;
  readonly timestamp?: TimestampSpec;
  /** Where the SHA-256 of the body stands, in hex, for signatures that cover only this hash. */
  readonly bodySha256?: Place;
  /** The sender names the key it used; secrets are then spelled `name:secret`, parted at the last colon. `pairs` names keys by itself. */
  readonly keyName?: Place;
}

export const listOf = <T>(value: T | readonly T[]): readonly T[] => (isList(value) ? value : [value]);

const isList = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);

/** What is wrong with a scheme; empty where it can verify. */
export function problemsOf(spec: SignatureSpec, templates: readonly Template[]): readonly string[] {
  const places = [...listOf(spec.from), spec.id, spec.keyName, spec.bodySha256, spec.timestamp?.from];
  const uses = (placeholder: string) => templates.some((template) => template.uses(placeholder));
  const problems = [
    ...places.map((place) => (place === undefined ? undefined : placeProblem(place))),
    isAlgorithm(spec.algorithm) ? undefined : `"${spec.algorithm}" is no signature algorithm`,
    isEncoding(spec.encoding) ? undefined : `"${spec.encoding}" is no encoding`,
    spec.key === undefined || isKeyFormat(spec.key.format)
      ? undefined
      : `"${spec.key.format}" is no format of a key`,
    spec.timestamp && timestampProblem(spec.timestamp),
    uses('timestamp') && !spec.timestamp
      ? 'the template signs a {timestamp}, but none is declared'
      : undefined,
    uses('id') && spec.id === undefined ? 'the template signs an {id}, but none is declared' : undefined,
    spec.algorithm === 'digest-sha256' && !templates.every((template) => template.uses('secret'))
      ? 'a plain digest must have the {secret} in its template'
      : undefined,
    templates.length === 0 ? 'nothing is signed' : undefined,
  ];
  return [
    ...templates.flatMap((template) => template.problems),
    ...problems.filter((problem) => problem !== undefined),
  ];
}
