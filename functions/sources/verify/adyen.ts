import * as z from 'zod';
import { parseJson } from '../parse-body.ts';
import { checkWith } from './algorithm.ts';
import { decodeStrictly } from './encoding.ts';
import type { SignatureCause, VerifiableRequest, Verdict, Verifier } from './verifier.ts';

const value = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((found) => String(found ?? ''));

/** Adyen escapes nothing: a colon here could be moved to the merchant's reference, the one field that may hold some. */
const withoutColon = value.refine((text) => !text.includes(':'));

const item = z.object({
  pspReference: withoutColon,
  originalReference: withoutColon,
  merchantAccountCode: withoutColon,
  merchantReference: value,
  amount: z.object({ value: withoutColon, currency: withoutColon }).nullish(),
  eventCode: withoutColon,
  success: withoutColon,
  additionalData: z.object({ hmacSignature: z.string().optional() }).nullish(),
});

type Item = z.infer<typeof item>;

const notification = z.object({
  notificationItems: z.array(z.object({ NotificationRequestItem: item })).min(1),
});

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

      const items = readAdyenItems(request);
      if (items === undefined) return refused('malformed-signature');
      for (const one of items) {
        const text = one.additionalData?.hmacSignature;
        if (text === undefined) return refused('missing-signature');
        const presented = decodeStrictly(text, 'base64');
        if (presented === undefined) return refused('malformed-signature');
        const signed = [Buffer.from(adyenSignedText(one), 'utf8')];
        if (!checks.some((check) => check(signed, [presented]))) return refused('wrong-signature');
      }
      return { verified: true };
    },
  };
}

/** What is signed of each item; undefined where the body holds none, or one that could not have been signed. */
export function readAdyenItems({ body }: Pick<VerifiableRequest, 'body'>): readonly Item[] | undefined {
  const parsed = parseJson(body);
  const read = notification.safeParse(parsed.kind === 'parsed' ? parsed.body : undefined);
  return read.data?.notificationItems.map((one) => one.NotificationRequestItem);
}

export function adyenSignedText({ amount, ...one }: Item): string {
  return [
    one.pspReference,
    one.originalReference,
    one.merchantAccountCode,
    one.merchantReference,
    amount?.value ?? '',
    amount?.currency ?? '',
    one.eventCode,
    one.success,
  ].join(':');
}

function refused(cause: SignatureCause): Verdict & { readonly verified: false } {
  return { verified: false, cause };
}
