import type { Sample } from '../../../functions/providers/sample.ts';
import { signLike, unsignedRequest } from '../../../functions/providers/signed-sample.ts';
import { signRequest } from '../../../functions/signatures/sign-request.ts';
import { listOf } from '../../../functions/signatures/signature-spec.ts';
import type { VerifiableRequest } from '../../../functions/signatures/verifiable-request.ts';
import { spoiltProofs } from './spoilt-proofs.ts';

export interface Tampered {
  readonly what: string;
  readonly request: VerifiableRequest;
  /** Default: the sample's own secret. */
  readonly secrets?: readonly string[];
}

/** Every way of the battery to spoil a request that its preset accepts. Made from the sample alone. */
export function tamperWith(
  sample: Sample,
  now: Date,
  others: readonly VerifiableRequest[],
): readonly Tampered[] {
  const unsigned = unsignedRequest(sample, now);
  const signed = signLike(sample, unsigned, { now });
  const added = Object.keys(signed.headers).filter((name) => unsigned.headers[name] !== signed.headers[name]);
  return [
    ...(sample.covers === 'body' ? bodies(signed) : []),
    ...(sample.covers === 'values' ? values(sample, signed) : []),
    ...spoiltProofs(signed, sample.proof ?? []),
    ...secrets(sample, signed, now),
    ...formats(signed, added, others),
    ...added.flatMap((name) => headers(sample, signed, name)),
    ...timestamps(sample, unsigned, now),
  ];
}

function bodies(signed: VerifiableRequest): Tampered[] {
  const body = Buffer.from(signed.body);
  const withBody = (what: string, changed: Uint8Array): Tampered => ({
    what: `a body ${what}`,
    request: { ...signed, body: changed },
  });
  const flipped = Buffer.from(body);
  flipped[flipped.length - 2] = (flipped.at(-2) ?? 0) ^ 1;
  return [
    withBody('changed by one byte', flipped),
    withBody('with a byte more', Buffer.concat([body, Buffer.from(' ')])),
    withBody('cut short', body.subarray(0, -1)),
    withBody('after a byte order mark', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), body])),
    withBody('with invalid UTF-8', Buffer.concat([body, Buffer.of(0xff)])),
    withBody('that is empty', Buffer.alloc(0)),
    ...(isJson(body)
      ? [withBody('printed anew', Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)))]
      : []),
  ];
}

/** One signed value after another is changed, however deep it is. */
function values({ uncovered = [] }: Sample, signed: VerifiableRequest): Tampered[] {
  const fields: unknown = JSON.parse(Buffer.from(signed.body).toString());
  return pathsOf(fields)
    .filter((path) => !uncovered.includes(path))
    .map((path) => ({
      what: `another ${path}`,
      request: { ...signed, body: Buffer.from(JSON.stringify(changedAt(fields, path.split('.')))) },
    }));
}

function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) =>
    pathsOf(inner, path === '' ? name : `${path}.${name}`),
  );
}

function changedAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return `${String(value)}x`;
  const entries = Object.entries(value as object).map(
    ([name, inner]) => [name, name === step ? changedAt(inner, rest) : (inner as unknown)] as const,
  );
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}

function secrets(sample: Sample, signed: VerifiableRequest, now: Date): Tampered[] {
  const { verify } = sample.source;
  if (!verify.needsSecret) return [];
  const emptyKey = sample.sign === undefined && sample.key.privateKey === undefined;
  return [
    { what: 'no secret', request: signed, secrets: [] },
    { what: 'an empty secret', request: signed, secrets: [''] },
    ...(emptyKey
      ? [
          { what: 'another secret', request: signed, secrets: [`${sample.key.secret.slice(0, -2)}AA`] },
          {
            what: 'a signature under an empty key',
            request: signedWithoutKey(sample, now),
            secrets: [''],
          },
        ]
      : []),
  ];
}

/** As whoever knows the scheme but no secret could: a plain digest without its secret, an HMAC under an empty key. */
function signedWithoutKey(sample: Sample, now: Date): VerifiableRequest {
  const { scheme } = sample.source.verify;
  const unsigned = unsignedRequest(sample, now);
  if (scheme?.algorithm !== 'digest-sha256') return signLike(sample, unsigned, { now }, { secret: '' });
  const signed = listOf(scheme.signed).map((template) => template.replace('{secret}', ''));
  return signRequest({ ...scheme, signed }, { secret: '' }, unsigned, { now });
}

/** This body under the signature headers of another provider's request. */
function formats(
  signed: VerifiableRequest,
  added: readonly string[],
  others: readonly VerifiableRequest[],
): Tampered[] {
  if (added.length === 0) return [];
  const own = Object.entries(signed.headers).filter(([name]) => !added.includes(name));
  return others
    .filter((other) => !added.every((name) => other.headers[name] === signed.headers[name]))
    .map((other, index) => ({
      what: `the headers of another provider (${index})`,
      request: { ...signed, headers: { ...other.headers, ...Object.fromEntries(own) } },
    }));
}

function headers(sample: Sample, signed: VerifiableRequest, name: string): Tampered[] {
  const value = signed.headers[name] ?? '';
  const withHeader = (what: string, changed: string): Tampered => ({
    what: `${name} ${what}`,
    request: { ...signed, headers: { ...signed.headers, [name]: changed } },
  });
  const without = Object.fromEntries(Object.entries(signed.headers).filter(([other]) => other !== name));
  // Two headers of a list without a timestamp are one list of two signatures: nothing is wrong with that.
  const { scheme } = sample.source.verify;
  const mayRepeat =
    scheme?.shape?.kind === 'list' && scheme.timestamp?.from.startsWith('signature:') !== true;
  const repeated = mayRepeat
    ? []
    : [withHeader('twice', `${value},${value}`), withHeader('twice, spaced', `${value}, ${value}`)];
  return [
    { what: `no ${name}`, request: { ...signed, headers: without } },
    ...repeated,
    withHeader('empty', ''),
    withHeader('100 KB long', value + 'a'.repeat(100_000)),
    withHeader('100 KB of nothing', 'a'.repeat(100_000)),
    withHeader('with non-ASCII', `${value}é`),
    withHeader('of non-ASCII', 'é'.repeat(value.length)),
    withHeader('without its last character', value.slice(0, -1)),
    withHeader('without its last two', value.slice(0, -2)),
    withHeader('with another last character', value.slice(0, -1) + (value.endsWith('0') ? '1' : '0')),
    ...(value.toUpperCase() === value ? [] : [withHeader('in upper case', value.toUpperCase())]),
    ...(value.toLowerCase() === value ? [] : [withHeader('in lower case', value.toLowerCase())]),
    ...['Infinity', '1e9', '-1', '0', ' 12', 'null', '{}', '=', ',', 'v1,', '__proto__'].map((junk) =>
      withHeader(`is ${junk}`, junk),
    ),
  ];
}

/** Properly signed, at the wrong time or with something that is no time. */
function timestamps(sample: Sample, unsigned: VerifiableRequest, now: Date): Tampered[] {
  const { timestamp } = sample.source.verify.scheme ?? {};
  if (timestamp === undefined) return [];
  const beyondMs = Math.max(360, (timestamp.toleranceSeconds ?? 300) + 60) * 1000;
  const at = (what: string, offsetMs: number): Tampered => {
    const then = new Date(now.getTime() + offsetMs);
    // A timestamp inside the body is written by the sample.
    const request = timestamp.from.startsWith('field:') ? unsignedRequest(sample, then) : unsigned;
    return { what: `a timestamp ${what}`, request: signLike(sample, request, { now: then }) };
  };
  const written = (text: string): Tampered => ({
    what: `the timestamp ${text}`,
    request: signLike(sample, unsigned, { now, timestamp: text }),
  });
  const wrongUnit = timestamp.unit === 's' ? String(now.getTime()) : String(Math.floor(now.getTime() / 1000));
  const texts = ['Infinity', '1e9', '-1', ' 12', 'NaN', '0x6543210', '99999999999999999999', wrongUnit];
  return [
    at('too old', -beyondMs),
    at('too far ahead', beyondMs),
    at('a day ahead', 86_400_000),
    ...(timestamp.from.startsWith('field:') ? [] : texts.map(written)),
  ];
}
