import { createHash, createHmac, sign } from 'node:crypto';
import type { Encoding } from './encoding.ts';
import { hmacKey } from './key.ts';
import { textsAt, type Place } from './place.ts';
import { viewOf } from './request-view.ts';
import type { Shape } from './shape.ts';
import { listOf, type SignatureSpec } from './signature-spec.ts';
import { parseTemplate } from './template.ts';
import type { TimestampSpec } from './timestamp.ts';
import type { VerifiableRequest } from './verifiable-request.ts';

/** What a sender signs with. */
export interface SigningKey {
  /** As the receiver's secret list spells it; for public-key schemes it is not needed. */
  readonly secret: string;
  /** PEM, for public-key schemes. */
  readonly privateKey?: string;
}

export interface SigningOptions {
  readonly now: Date;
  /** Default `now`, as the scheme writes it; tests write other things there. */
  readonly timestamp?: string;
}

/**
 * Signs a request as a sender does whose scheme data can describe: for samples and tests, never to verify. A timestamp or an id that the
 * scheme reads from the body must be in the body already.
 */
export function signRequest(
  spec: SignatureSpec,
  { secret, privateKey }: SigningKey,
  request: VerifiableRequest,
  { now, timestamp = spec.timestamp && writeTimestamp(now, spec.timestamp.unit) }: SigningOptions,
): VerifiableRequest {
  const [keyName, key] = nameAndKey(secret, spec);
  const parts: Record<string, string> = {};
  let signed = request;
  const write = (place: Place | undefined, text: string | undefined) => {
    if (place?.startsWith('signature:') === true && text !== undefined) parts[place.slice(10)] = text;
    else if (place !== undefined && text !== undefined) signed = put(signed, place, text);
  };
  write(spec.timestamp?.from, timestamp);
  if (spec.id && textsAt(spec.id, viewOf(signed)).length === 0) write(spec.id, `msg_${now.getTime()}`);
  write(spec.bodySha256, createHash('sha256').update(request.body).digest('hex'));
  write(spec.keyName, keyName);

  const view = viewOf(signed);
  const found = (place: Place | undefined) => place && textsAt(place, view, parts)[0];
  const pieces = parseTemplate(listOf(spec.signed)[0] ?? '').pieces({
    view,
    parts,
    timestamp: found(spec.timestamp?.from),
    id: found(spec.id),
    secret: key,
  });
  if (pieces === undefined) throw new Error(`the request lacks something that ${spec.name} signs`);
  const text = encode(compute(Buffer.concat(pieces), spec, key, privateKey), spec.encoding);
  write(listOf(spec.from)[0], shaped(text, spec.shape, parts, keyName));
  return signed;
}

function writeTimestamp(now: Date, unit: TimestampSpec['unit']): string {
  if (unit === 'iso') return now.toISOString();
  return String(unit === 's' ? Math.floor(now.getTime() / 1000) : now.getTime());
}

/** Into a header or the query; the body stays as it is, so what belongs there must be there. */
function put(request: VerifiableRequest, place: Place, text: string): VerifiableRequest {
  const colon = place.indexOf(':');
  const [kind, name] = [place.slice(0, colon), place.slice(colon + 1)];
  switch (kind) {
    case 'header':
      return { ...request, headers: { ...request.headers, [name.toLowerCase()]: text } };
    case 'headers':
      return { ...request, headers: { ...request.headers, [`${name.toLowerCase()}1`]: text } };
    case 'query': {
      const pair = `${encodeURIComponent(name)}=${encodeURIComponent(text)}`;
      return { ...request, rawQuery: request.rawQuery === '' ? pair : `${request.rawQuery}&${pair}` };
    }
    case 'form':
      return {
        ...request,
        body: Buffer.concat([request.body, Buffer.from(`&${name}=${encodeURIComponent(text)}`)]),
      };
    default:
      return request;
  }
}

function nameAndKey(secret: string, spec: SignatureSpec): readonly [string | undefined, string] {
  if (spec.keyName === undefined && spec.shape?.kind !== 'pairs') return [undefined, secret];
  const colon = secret.lastIndexOf(':');
  return [secret.slice(0, colon), secret.slice(colon + 1)];
}

function compute(
  bytes: Buffer,
  { algorithm, key: spec }: SignatureSpec,
  secret: string,
  privateKey = '',
): Buffer {
  if (algorithm === 'digest-sha256') return createHash('sha256').update(bytes).digest();
  if (algorithm.startsWith('hmac-')) {
    const key = hmacKey(secret, spec ?? { format: 'utf8' }) ?? Buffer.alloc(0);
    return createHmac(algorithm.slice('hmac-'.length), key).update(bytes).digest();
  }
  const hash = algorithm === 'ed25519' ? null : algorithm === 'rsa-sha1' ? 'sha1' : 'sha256';
  return sign(hash, bytes, privateKey);
}

function encode(bytes: Buffer, encoding: Encoding): string {
  return bytes.toString(encoding === 'hex-any-case' ? 'hex' : encoding);
}

function shaped(
  text: string,
  shape: Shape = { kind: 'bare' },
  parts: Record<string, string>,
  keyName = '',
): string {
  const named = Object.entries(parts).map(([name, value]) => `${name}=${value}`);
  switch (shape.kind) {
    case 'bare':
      return text;
    case 'prefix':
    case 'words':
      return `${shape.prefix}${text}`;
    case 'list':
      return [...named, `${shape.signature}=${text}`].join(shape.separator);
    case 'first':
      return `${parts[shape.name] ?? ''}${shape.separator}${text}`;
    case 'pairs':
      return `${keyName}${shape.between}${text}`;
  }
}
