import { checkWith, isAlgorithm, type Algorithm } from './algorithm.ts';
import { decodeStrictly, type Encoding } from './encoding.ts';
import type { KeySpec } from './key.ts';
import { placeProblem, textsAt, type Place } from './place.ts';
import { viewOf, type RequestView } from './request-view.ts';
import { readShape, type Parts, type Shape } from './shape.ts';
import { parseTemplate, type Template } from './template.ts';
import { judgeTimestamp, readTimestamp, timestampProblem, type TimestampSpec } from './timestamp.ts';
import type { SignatureCause, VerifiableRequest, Verdict, Verifier } from './verifier.ts';

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
  /** What is signed: literals and placeholders, e.g. `{timestamp}.{body}`. See template.ts. */
  readonly signed: string;
  readonly id?: Place;
  readonly timestamp?: TimestampSpec;
  /** The sender names the key it used; secrets are then spelled `name:secret`. `pairs` names keys by itself. */
  readonly keyName?: Place;
}

/** Verifies a scheme that data can describe. A scheme with a mistake in it lists the mistake and verifies nothing. */
export function signature(spec: SignatureSpec): Verifier {
  const template = parseTemplate(spec.signed);
  const problems = [...template.problems, ...problemsOf(spec, template)];
  return {
    name: spec.name,
    needsSecret: true,
    needsPublicUrl: template.uses('url'),
    problems,
    verify: (request, secrets, now) =>
      problems.length > 0 ? refused('no-secret') : verify(request, secrets, now, spec, template),
  };
}

function verify(
  request: VerifiableRequest,
  secrets: readonly string[],
  now: Date,
  spec: SignatureSpec,
  template: Template,
): Verdict {
  if (secrets.length === 0) return refused('no-secret');

  const view = viewOf(request);
  const written = readSignatures(spec, view);
  if ('verified' in written) return written;

  const timestamp = spec.timestamp && textsAt(spec.timestamp.from, view, written.named)[0];
  const timely = spec.timestamp ? judge(timestamp, spec.timestamp, now) : accepted;
  if (!timely.verified) return timely;

  const id = spec.id && textsAt(spec.id, view, written.named)[0];
  const keyName = spec.keyName && textsAt(spec.keyName, view, written.named)[0];
  if (spec.keyName !== undefined && keyName === undefined) return refused('missing-signature');

  let usable = false;
  let right = false;
  for (const secret of secrets) {
    const [name, key] = split(secret, spec);
    const check = checkWith(key, spec.algorithm, spec.key ?? { format: 'utf8' });
    if (check === undefined || (keyName !== undefined && keyName !== name)) continue;
    usable = true;
    const pieces = template.pieces({ view, parts: written.named, timestamp, id, secret: key });
    if (pieces === undefined) return refused('missing-signature');
    const presented = written.signatures.filter((one) => one.keyName === undefined || one.keyName === name);
    if (
      check(
        pieces,
        presented.map(({ bytes }) => bytes),
      )
    )
      right = true;
  }
  return right ? accepted : refused(usable ? 'wrong-signature' : 'no-secret');
}

interface Presented {
  readonly signatures: readonly { readonly bytes: Buffer; readonly keyName?: string }[];
  readonly named: Parts['named'];
}

/** All signatures of all places. One that is not spelled as the scheme spells them makes the whole request malformed. */
function readSignatures(spec: SignatureSpec, view: RequestView): Presented | Verdict {
  const places = typeof spec.from === 'string' ? [spec.from] : spec.from;
  const texts = places.flatMap((place) => textsAt(place, view));
  if (texts.length === 0) return refused('missing-signature');

  const signatures: { bytes: Buffer; keyName?: string }[] = [];
  let named: Parts['named'] = {};
  for (const text of texts) {
    const parts = readShape(text, spec.shape ?? { kind: 'bare' });
    if (parts === undefined) return refused('malformed-signature');
    named = { ...named, ...parts.named };
    for (const { text: written, keyName } of parts.signatures) {
      const bytes = decodeStrictly(written, spec.encoding);
      if (bytes === undefined) return refused('malformed-signature');
      signatures.push(keyName === undefined ? { bytes } : { bytes, keyName });
    }
  }
  return signatures.length === 0 ? refused('malformed-signature') : { signatures, named };
}

function judge(text: string | undefined, spec: TimestampSpec, now: Date): Verdict {
  if (text === undefined) return refused('missing-signature');
  const ms = readTimestamp(text, spec.unit);
  return ms === undefined ? refused('malformed-signature') : judgeTimestamp(ms, spec, now);
}

/** Name and key of a secret; the name is empty where the scheme names no keys. */
function split(secret: string, spec: SignatureSpec): readonly [name: string, key: string] {
  if (spec.keyName === undefined && spec.shape?.kind !== 'pairs') return ['', secret];
  const colon = secret.indexOf(':');
  return colon < 1 ? ['', ''] : [secret.slice(0, colon), secret.slice(colon + 1)];
}

function problemsOf(spec: SignatureSpec, template: Template): readonly string[] {
  const places = [
    ...(typeof spec.from === 'string' ? [spec.from] : spec.from),
    spec.id,
    spec.keyName,
    spec.timestamp?.from,
  ];
  return [
    ...places.map((place) => (place === undefined ? undefined : placeProblem(place))),
    isAlgorithm(spec.algorithm) ? undefined : `"${spec.algorithm}" is no signature algorithm`,
    spec.timestamp && timestampProblem(spec.timestamp),
    template.uses('timestamp') && !spec.timestamp
      ? 'the template signs a {timestamp}, but none is declared'
      : undefined,
    template.uses('id') && spec.id === undefined
      ? 'the template signs an {id}, but none is declared'
      : undefined,
    spec.algorithm === 'digest-sha256' && !template.uses('secret')
      ? 'a plain digest must have the {secret} in its template'
      : undefined,
  ].filter((problem) => problem !== undefined);
}

const accepted: Verdict = { verified: true };

function refused(cause: SignatureCause): Verdict & { readonly verified: false } {
  return { verified: false, cause };
}
