import { ConditionalCheckFailedException, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';

export type Item = Record<string, unknown>;

/**
 * What the document client would store: undefined members left out, bytes and plain values copied and frozen, so that nobody changes an
 * item from outside, and whoever reads it may be given the item itself. @throws for what `marshall` refuses (a Date, a class instance).
 */
function stored(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${value} is no DynamoDB number`);
    return value;
  }
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return Object.freeze(value.map(stored));
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return storedItem(value);
  throw new Error(`the document client does not take a ${typeof value} of this kind`);
}

export function storedItem(item: object): Item {
  const copy: Item = {};
  for (const name of Object.keys(item)) {
    const value: unknown = Reflect.get(item, name);
    if (value !== undefined) copy[name] = stored(value);
  }
  return Object.freeze(copy);
}

/** As errors carry items, even through the document client. */
export const onWire = (item: Item) => marshall(item, { removeUndefinedValues: true });

const metadata = { $metadata: {} };

export const conditionFailed = (item: Item | undefined) =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    ...metadata,
    ...(item && { Item: onWire(item) }),
  });

export const invalid = (message: string) =>
  new DynamoDBServiceException({ name: 'ValidationException', $fault: 'client', message, ...metadata });
