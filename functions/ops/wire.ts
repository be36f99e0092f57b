import * as z from 'zod';

/** A time: a `Date` here, ISO 8601 on the wire. */
export const time = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** Why something is done. Who does it comes from the signature alone. */
const reason = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .meta({
    description: 'Why: it is kept in the audit, beside who signed the request',
    examples: ['the shop is repaired, ticket 4711'],
  });

export const because = z.strictObject({ reason });
