import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeStrictly } from '../../signatures/encoding.ts';
import { publicUrlOf } from '../../signatures/public-url.ts';
import { judgeTimestamp, readTimestamp } from '../../signatures/timestamp.ts';
import type { Verifier } from '../../signatures/verifier.ts';
import { refused } from '../../signatures/verdict.ts';
import type { VerifiableRequest } from '../../signatures/verifiable-request.ts';

const names = {
  signature: 'x-contentful-signature',
  signed: 'x-contentful-signed-headers',
  timestamp: 'x-contentful-timestamp',
} as const;

const secretForm = /^[0-9a-zA-Z+/=_-]{64}$/;
/** As Contentful's own library has it, which looks into the past only. */
const timely = { from: `header:${names.timestamp}`, unit: 'ms', toleranceSeconds: 30 } as const;

/** Contentful: HMAC over method, path, the headers that a header names, and body. Data cannot say this: which headers are signed is in the request. */
export function contentfulSignature(): Verifier {
  return {
    name: 'contentful',
    needsSecret: true,
    needsPublicUrl: true,
    verify(request, secrets, now) {
      const {
        [names.signature]: written,
        [names.timestamp]: timestamp,
        [names.signed]: list,
      } = request.headers;
      if (written === undefined || timestamp === undefined || list === undefined)
        return refused('missing-signature');
      const usable = secrets.filter((secret) => secretForm.test(secret));
      if (usable.length === 0) return refused('no-secret');

      const presented = decodeStrictly(written, 'hex');
      const ms = readTimestamp(timestamp, timely.unit);
      const signed = contentfulSignedBytes(request);
      if (presented === undefined || ms === undefined || signed.length === 0)
        return refused('malformed-signature');
      const age = judgeTimestamp(ms, timely, now);
      if (!age.verified) return age;

      let right = false;
      for (const secret of usable) {
        for (const bytes of signed) {
          const expected = createHmac('sha256', secret).update(bytes).digest();
          if (presented.length === expected.length && timingSafeEqual(presented, expected)) right = true;
        }
      }
      return right ? { verified: true } : refused('wrong-signature');
    },
  };
}

/** What the signature may be of; nothing where a header is missing or named twice, or time and list are not themselves signed. */
export function contentfulSignedBytes(request: VerifiableRequest): readonly Buffer[] {
  const path = publicUrlOf(request)?.replace(/^https?:\/\/[^/?#]*/, '');
  const listed = (request.headers[names.signed] ?? '').split(',');
  const values = listed.map((name) =>
    Object.hasOwn(request.headers, name) ? request.headers[name] : undefined,
  );
  const isComplete = listed.includes(names.signed) && listed.includes(names.timestamp);
  if (
    path === undefined ||
    !isComplete ||
    new Set(listed).size < listed.length ||
    values.includes(undefined)
  ) {
    return [];
  }
  const headers = listed
    .toSorted()
    .map((name) => `${name}:${(request.headers[name] ?? '').trim()}`)
    .join(';');
  return spellings(path === '' || path.startsWith('?') ? `/${path}` : path).map((spelled) =>
    Buffer.concat([Buffer.from(`${request.method}\n${spelled}\n${headers}\n`), request.body]),
  );
}

/** Contentful's library encodes a query twice (`?x=1` is signed as `?x%253D1`); whether the service does is not documented. */
function spellings(path: string): readonly string[] {
  // What is half a character has no spelling in an address.
  if (!path.isWellFormed()) return [path];
  const [name = '', query = ''] = path.split('?');
  const encoded = query === '' ? name : `${name}?${encodeURIComponent(query)}`;
  return [...new Set([encodeURI(encoded), path])];
}
