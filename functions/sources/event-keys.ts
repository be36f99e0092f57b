import { createHash } from 'node:crypto';

/** `a/b/c`, or undefined where a part is missing: half a key would merge what is not the same. */
export function joined(...parts: readonly (string | number | null | undefined)[]): string | undefined {
  return parts.every((part) => part !== undefined && part !== null && part !== '')
    ? parts.join('/')
    : undefined;
}

/** For senders that give no id: two identical events become one, and a retry whose bytes differ becomes two. */
export function bodyHash({ raw }: { readonly raw: Uint8Array }): string {
  return createHash('sha256').update(raw).digest('hex');
}
