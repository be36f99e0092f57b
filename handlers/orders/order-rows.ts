import * as z from 'zod';
import { statuses, type Order, type OrderEvent } from './order.ts';

// An order and its events share a partition: one query reads them all, events first (EVENT#… sorts before ORDER).
export const partitionKey = (orderId: string) => `ORDER#${orderId}`;
export const orderKey = (orderId: string) => ({ pk: partitionKey(orderId), sk: 'ORDER' });
const eventKey = (orderId: string, version: number) => ({
  pk: partitionKey(orderId),
  sk: `EVENT#${String(version).padStart(6, '0')}`,
});

export const orderRow = ({ metadata, createdAt, ...rest }: Order) => ({
  ...orderKey(rest.id),
  ...rest,
  metadata: JSON.stringify(metadata),
  createdAt: createdAt.toISOString(),
});

export const eventRow = (orderId: string, { metadata, at, ...rest }: OrderEvent) => ({
  ...eventKey(orderId, rest.version),
  ...rest,
  metadata: JSON.stringify(metadata),
  at: at.toISOString(),
});

// Metadata is kept as JSON text: JSON may hold numbers that DynamoDB has no room for.
const metadata = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.record(z.string(), z.unknown()));
const time = z.iso.datetime().transform((text) => new Date(text));

export const OrderRow = z.object({
  id: z.string(),
  amount: z.string(),
  status: z.enum(statuses),
  version: z.number(),
  metadata,
  createdAt: time,
});

export const EventRow = z.object({
  version: z.number(),
  from: z.enum(statuses),
  to: z.enum(statuses),
  reason: z.string(),
  txnId: z.string(),
  metadata,
  at: time,
});
