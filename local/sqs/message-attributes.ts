import { createHash } from 'node:crypto';
import * as z from 'zod';

export const messageAttributesSchema = z.record(
  z.string(),
  z.object({
    DataType: z.string().min(1),
    StringValue: z.string().optional(),
    BinaryValue: z.base64().optional(),
  }),
);

/** As on the wire: a binary value is base64. */
export type MessageAttributes = z.infer<typeof messageAttributesSchema>;

export function attributesBytes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue, BinaryValue }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(DataType) +
      Buffer.byteLength(StringValue ?? '') +
      Buffer.byteLength(BinaryValue ?? '', 'base64'),
    0,
  );
}

/** The digest of the SQS developer guide, "Calculating the MD5 message digest for message attributes". */
export function attributesMd5(attributes: MessageAttributes): string {
  const hash = createHash('md5');
  const addSized = (bytes: Buffer): void => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(bytes.length);
    hash.update(size).update(bytes);
  };
  for (const name of Object.keys(attributes).sort()) {
    const attribute = attributes[name];
    if (!attribute) continue;
    const binary = attribute.DataType.startsWith('Binary');
    addSized(Buffer.from(name));
    addSized(Buffer.from(attribute.DataType));
    hash.update(Buffer.from([binary ? 2 : 1]));
    addSized(
      binary ? Buffer.from(attribute.BinaryValue ?? '', 'base64') : Buffer.from(attribute.StringValue ?? ''),
    );
  }
  return hash.digest('hex');
}

/** Those a receive asked for: by name, by `prefix.*`, or `All`. */
export function selectAttributes(
  attributes: MessageAttributes,
  wanted: readonly string[],
): MessageAttributes {
  const isWanted = (name: string): boolean =>
    wanted.some(
      (pattern) =>
        pattern === 'All' ||
        pattern === name ||
        (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => isWanted(name)));
}
