/** `hex` is lower case, as every sender of the catalog writes it; `hex-any-case` is for those that do not. `base64` is padded. */
export type Encoding = 'hex' | 'hex-any-case' | 'base64' | 'base64url';

const encodings: readonly string[] = ['hex', 'hex-any-case', 'base64', 'base64url'] satisfies Encoding[];

export const isEncoding = (name: string): boolean => encodings.includes(name);

/**
 * The bytes a text stands for, or undefined where the text is not exactly what these bytes encode to. `Buffer.from` alone skips
 * what it cannot read, so that one signature would have many spellings and half a key would still be a key.
 */
export function decodeStrictly(text: string | undefined, encoding: Encoding): Buffer | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, encoding === 'hex-any-case' ? 'hex' : encoding);
  return bytes.length > 0 && encode(bytes, encoding) === spelled(text, encoding) ? bytes : undefined;
}

function encode(bytes: Buffer, encoding: Encoding): string {
  return bytes.toString(encoding === 'hex-any-case' ? 'hex' : encoding);
}

function spelled(text: string, encoding: Encoding): string {
  return encoding === 'hex-any-case' ? text.toLowerCase() : text;
}
