import * as z from 'zod';

/** A time: a `Date` here, ISO 8601 on the wire. */
export const time = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** Why something is done. Who does it comes from the signature alone. */
export const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .meta({
    description: 'Why: it is kept in the audit, beside who signed the request',
    examples: ['the shop is repaired, ticket 4711'],
  });

export const because = z.strictObject({ reason });

/** A page of a list: the next one is asked for with `cursor` and the same filters. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    cursor: z.string().optional().meta({
      description: 'Of the next page. Absent: this was the last one. A page may be empty and have one.',
    }),
  });

/** Of a list by time: how far back its page has come. */
export const searchedTo = z.iso
  .datetime()
  .optional()
  .meta({ description: 'Nothing newer than this is missing' });

export const sourceFilter = z.string().min(1).max(100).optional().meta({ description: 'Name of a source' });

export const cursorParameter = z
  .string()
  .min(1)
  .max(6000)
  .optional()
  .meta({ description: '`cursor` of the page before; the other parameters stay the same' });

export const limit = (most: number, usual: number) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(most)
    .default(usual)
    .meta({ description: 'The most items of a page; it may have fewer' });

/** A time in a query: ISO 8601, with its zone. */
export const timeFilter = z.iso.datetime({ offset: true }).optional();
