import * as z from 'zod';

/** UUIDs are equal whatever their case (RFC 9562), so one spelling is the key. */
export const orderId = z.guid('must be a UUID').toLowerCase();

const amountRule = 'must be a positive decimal number of at most 15 digits';

/**
 * A positive amount: a JSON number or a decimal string in, a decimal string without redundant zeros out (`99.90` → `"99.9"`).
 * Compared as text, which is exact and needs no currency's minor unit. 15 digits are what a JSON number carries unchanged.
 */
export const amount = z
  .union([z.number().transform(String), z.string()], amountRule)
  .pipe(z.string().regex(/^\d{1,15}(\.\d{1,15})?$/, amountRule))
  .transform(withoutRedundantZeros)
  .refine((text) => text !== '0' && text.replace('.', '').length <= 15, amountRule);

const metadataBytes = 16 * 1024;
const metadataLevels = 32;

/**
 * Any JSON object of at most 16 KiB and 32 levels. An order and all of its events stay far below one page of a DynamoDB query
 * (1 MB), and no nesting overflows the stack.
 */
export const metadata = z
  .record(z.string(), z.unknown(), 'must be an object')
  .refine((value) => isNestedAtMost(metadataLevels, value), {
    error: `must be nested at most ${metadataLevels} levels deep`,
    abort: true,
  })
  .refine(
    (value) => Buffer.byteLength(JSON.stringify(value)) <= metadataBytes,
    'must be at most 16 KiB of JSON',
  )
  .default({});

export type Metadata = z.infer<typeof metadata>;

function withoutRedundantZeros(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const significant = fraction.replace(/0+$/, '');
  return whole.replace(/^0+(?=\d)/, '') + (significant === '' ? '' : `.${significant}`);
}

function isNestedAtMost(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isNestedAtMost(levels - 1, part));
}
