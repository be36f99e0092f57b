import { createHmac, timingSafeEqual } from 'node:crypto';

/** Keys of Standard Webhooks signatures (`whsec_` and base64), newest first; or a function that gets them. */
export type Secret =
  string | readonly string[] | (() => string | readonly string[] | Promise<string | readonly string[]>);

export async function readKeys(secret: Secret): Promise<Buffer[]> {
  const given = typeof secret === 'function' ? await secret() : secret;
  const keys = (typeof given === 'string' ? [given] : given).map((key) =>
    Buffer.from(key.replace(/^whsec_/, ''), 'base64'),
  );
  // An empty key would accept what anybody signs with it.
  if (keys.length === 0 || keys.some((key) => key.byteLength === 0))
    throw new Error('the secret for verifying is empty');
  return keys;
}

export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: Uint8Array;
}

/** Whether one of the signatures was made with one of the keys, over this body, at most `toleranceSeconds` from now. */
export function isSigned(
  { headers, raw }: SignedRequest,
  keys: readonly Buffer[],
  rules: { readonly toleranceSeconds: number; readonly now: Date },
): boolean {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (id === undefined || timestamp === undefined || signatures === undefined) return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(rules.now.getTime() / 1000 - Number(timestamp)) > rules.toleranceSeconds) return false;

  const expected = keys.map((key) =>
    createHmac('sha256', key).update(`${id}.${timestamp}.`).update(raw).digest(),
  );
  const given = signatures
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'));
  return given.some((signature) =>
    expected.some((mac) => signature.byteLength === mac.byteLength && timingSafeEqual(signature, mac)),
  );
}
