import * as z from 'zod';
import { sha256Hex } from '../../ledger/keys.ts';

/** Where a page ended. Bound to its list and filters: taken for another question it would skip or repeat. */
export interface CursorOf<Position> {
  readonly write: (position: Position) => string;
  /** Undefined: it is no cursor of this list with these filters. */
  readonly read: (cursor: string) => Position | undefined;
}

export function cursorOf<Position>(
  schema: z.ZodType<Position>,
  list: string,
  filters: Readonly<Record<string, unknown>>,
): CursorOf<Position> {
  const asked = sha256Hex(JSON.stringify([list, Object.entries(filters).sort()])).slice(0, 8);
  const written = z.tuple([z.literal(asked), schema]);
  return {
    write: (position) => Buffer.from(JSON.stringify([asked, position])).toString('base64url'),
    read(cursor) {
      try {
        const text = Buffer.from(cursor, 'base64url').toString();
        return written.parse(JSON.parse(text))[1];
      } catch {
        return undefined;
      }
    },
  };
}
