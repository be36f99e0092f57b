import * as z from 'zod';
import { isEventKey, type EventKey } from './keys.ts';

/** An item that this version cannot read: damaged, or written by a newer version. No other item is affected. */
export class UnreadableItem extends Error {
  override readonly name = 'UnreadableItem';
  /** The event, or the lane, that it is about. */
  readonly about: EventKey;

  constructor(item: Readonly<Record<string, unknown>>, cause?: unknown) {
    super(`${String(item['pk'])} ${String(item['sk'])} cannot be read`, { cause });
    const { pk, sk, key, lane } = item;
    this.about = [sk === 'LANE' ? lane : undefined, key, pk].find(isEventKey) ?? `unknown#${String(pk)}`;
  }
}

/** @throws {UnreadableItem} where the item is not what the schema says. */
export function readable<T>(schema: z.ZodType<T>, item: Record<string, unknown>): T {
  const parsed = schema.safeParse(item);
  if (!parsed.success) throw new UnreadableItem(item, parsed.error);
  return parsed.data;
}

/** Parses a value that is stored as JSON text. Reports bad JSON as an issue: an error thrown in a transform would not count as unreadable. */
export function fromJson(json: string, { issues }: z.RefinementCtx): unknown {
  try {
    return JSON.parse(json);
  } catch {
    issues.push({ code: 'custom', input: json, message: 'no JSON' });
    return z.NEVER;
  }
}
