import { parsedJson } from '../../body/parse-body.ts';
import { isText, lookUp } from '../../body/path.ts';
import { checkWith } from '../../signatures/algorithm.ts';
import { decodeStrictly } from '../../signatures/encoding.ts';
import type { Verifier } from '../../signatures/verifier.ts';
import { refused } from '../../signatures/verdict.ts';
import type { VerifiableRequest } from '../../signatures/verifiable-request.ts';

const reference = 'merchantReference';
const signedPaths = [
  'pspReference',
  'originalReference',
  'merchantAccountCode',
  reference,
  'amount.value',
  'amount.currency',
  'eventCode',
  'success',
];

/**
 * Adyen's webhooks for payments: eight values of each item, signed by themselves; the signature is among the item's data. Data cannot say
 * this: there are as many signatures as items, and each must be right.
 */
export function adyenSignature(): Verifier {
  return {
    name: 'adyen',
    needsSecret: true,
    verify(request, secrets) {
      const checks = secrets
        .map((secret) => checkWith(secret, 'hmac-sha256', { format: 'hex' }))
        .filter((check) => check !== undefined);
      if (checks.length === 0) return refused('no-secret');

      const items = adyenItems(request);
      if (items.length === 0) return refused('malformed-signature');
      for (const item of items) {
        const written = lookUp(item, 'additionalData.hmacSignature');
        if (!isText(written)) return refused('missing-signature');
        const presented = decodeStrictly(written, 'base64');
        const signed = adyenSignedText(item);
        if (presented === undefined || signed === undefined) return refused('malformed-signature');
        const bytes = [Buffer.from(signed)];
        if (!checks.some((check) => check(bytes, [presented]))) return refused('wrong-signature');
      }
      return { verified: true };
    },
  };
}

export function adyenItems({ body }: Pick<VerifiableRequest, 'body'>): readonly unknown[] {
  const list = lookUp(parsedJson(body), 'notificationItems');
  return Array.isArray(list) ? list.map((one: unknown) => lookUp(one, 'NotificationRequestItem')) : [];
}

/**
 * Undefined: not as Adyen writes it. It escapes nothing, so a colon could be moved from the merchant's reference, the one value that may hold
 * some, to one beside it: none of the others may have any.
 */
export function adyenSignedText(item: unknown): string | undefined {
  const texts: string[] = [];
  for (const path of signedPaths) {
    const value = lookUp(item, path) ?? '';
    if (!isText(value) && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    const text = String(value);
    if (text.includes(':') && path !== reference) return undefined;
    texts.push(text);
  }
  return texts.join(':');
}
