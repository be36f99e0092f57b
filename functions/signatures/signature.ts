import { createHash, timingSafeEqual } from 'node:crypto';
import { checkWith } from './algorithm.ts';
import { decodeStrictly } from './encoding.ts';
import { textsAt } from './place.ts';
import { viewOf, type RequestView } from './request-view.ts';
import { readShape, type Parts } from './shape.ts';
import { listOf, problemsOf, type SignatureSpec } from './signature-spec.ts';
import { parseTemplate, urlPlaceholders, type Template } from './template.ts';
import { judgeTimestamp, readTimestamp, type TimestampSpec } from './timestamp.ts';
import type { Verifier } from './verifier.ts';
import { refused, type Verdict } from './verdict.ts';
import type { VerifiableRequest } from './verifiable-request.ts';

/** Verifies a scheme that data can describe. A scheme with a mistake in it lists the mistake and verifies nothing. */
export function signature(spec: SignatureSpec): Verifier {
  const templates = listOf(spec.signed).map(parseTemplate);
  const problems = problemsOf(spec, templates);
  return {
    name: spec.name,
    needsSecret: true,
    needsPublicUrl: templates.some((template) => urlPlaceholders.some((name) => template.uses(name))),
    scheme: spec,
    problems,
    verify: (request, secrets, now) =>
      problems.length > 0 ? refused('no-secret') : verify(request, secrets, now, spec, templates),
  };
}

function verify(
  request: VerifiableRequest,
  secrets: readonly string[],
  now: Date,
  spec: SignatureSpec,
  templates: readonly Template[],
): Verdict {
  if (secrets.length === 0) return refused('no-secret');

  const view = viewOf(request);
  const written = readSignatures(spec, view);
  if ('verified' in written) return written;

  const timestamp = spec.timestamp && textsAt(spec.timestamp.from, view, written.named)[0];
  const timely = spec.timestamp ? judge(timestamp, spec.timestamp, now) : accepted;
  if (!timely.verified) return timely;

  if (spec.bodySha256 !== undefined && !isBodyHash(textsAt(spec.bodySha256, view, written.named)[0], view)) {
    return refused('wrong-signature');
  }
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
    const context = { view, parts: written.named, timestamp, id, secret: key };
    const signed = templates
      .map((template) => template.pieces(context))
      .filter((pieces) => pieces !== undefined);
    if (signed.length === 0) return refused('missing-signature');
    const presented = written.signatures
      .filter((one) => one.keyName === undefined || one.keyName === name)
      .map(({ bytes }) => bytes);
    for (const pieces of signed) if (check(pieces, presented)) right = true;
  }
  return right ? accepted : refused(usable ? 'wrong-signature' : 'no-secret');
}

interface Presented {
  readonly signatures: readonly { readonly bytes: Buffer; readonly keyName: string | undefined }[];
  readonly named: Parts['named'];
}

/**
 * All signatures of all places. One that is not spelled as the scheme spells them makes the whole request malformed, but not in a list beside one
 * that is: providers' own libraries pass it over.
 */
function readSignatures(spec: SignatureSpec, view: RequestView): Presented | Verdict {
  const signatures: { bytes: Buffer; keyName: string | undefined }[] = [];
  let named: Parts['named'] = {};
  let isMalformed = false;
  for (const text of listOf(spec.from).flatMap((place) => textsAt(place, view))) {
    const parts = readShape(text, spec.shape ?? { kind: 'bare' });
    if (parts === undefined) return refused('malformed-signature');
    named = { ...named, ...parts.named };
    for (const { text: written, keyName } of parts.signatures) {
      const bytes = decodeStrictly(written, spec.encoding);
      if (bytes !== undefined) signatures.push({ bytes, keyName });
      else if (spec.shape?.kind === 'list') isMalformed = true;
      else return refused('malformed-signature');
    }
  }
  if (signatures.length > 0) return { signatures, named };
  return refused(isMalformed ? 'malformed-signature' : 'missing-signature');
}

function judge(text: string | undefined, spec: TimestampSpec, now: Date): Verdict {
  if (text === undefined) return refused('missing-signature');
  const ms = readTimestamp(text, spec.unit);
  return ms === undefined ? refused('malformed-signature') : judgeTimestamp(ms, spec, now);
}

/** Name and key of a secret, where the scheme names keys; one without a name has no key then. Names may hold colons (a URN does), keys none. */
function split(secret: string, spec: SignatureSpec): readonly [name: string | undefined, key: string] {
  if (spec.keyName === undefined && spec.shape?.kind !== 'pairs') return [undefined, secret];
  const colon = secret.lastIndexOf(':');
  return colon < 1 ? [undefined, ''] : [secret.slice(0, colon), secret.slice(colon + 1)];
}

function isBodyHash(text: string | undefined, { request }: RequestView): boolean {
  const claimed = decodeStrictly(text, 'hex');
  const actual = createHash('sha256').update(request.body).digest();
  return claimed?.length === actual.length && timingSafeEqual(claimed, actual);
}

const accepted: Verdict = { verified: true };
