import { createHash } from 'node:crypto';

/** It becomes part of keys, so it must survive being written as UTF-8. */
export function isKey(text: string, longest: number): boolean {
  return Buffer.byteLength(text) <= longest && text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** The text, or its digest where it cannot be part of a key: the same text is the same key. */
export function asText(text: string, longest: number): string {
  if (isKey(text, longest)) return text;
  return `sha256:${createHash('sha256').update(JSON.stringify(text)).digest('hex')}`;
}
