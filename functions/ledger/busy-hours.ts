import * as z from 'zod';

/**
 * Which minutes of a source and shard have events, hour by hour: what the by-time index cannot say, since each of its partitions is one minute. The
 * sweeper comes by every minute anyway. It keeps those of its current hour in its cursor, and writes an hour down when it leaves it.
 */
export const busyPartition = (source: string): string => `BUSY#${source}`;

export const busySortKey = (hour: Date, shard: number): string => `${hour.toISOString()}#${shard}`;

export const hourMs = 3_600_000;
export const startOfHour = (at: Date): Date => new Date(Math.floor(at.getTime() / hourMs) * hourMs);

/** Minutes of the hour, 0 to 59. */
const minutes = z.array(z.int().min(0).max(59));

export const busyHourSchema = z
  .object({ sk: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:00:00\.000Z#\d+$/), minutes })
  .transform(({ sk, minutes }) => {
    const [hour = '', shard] = sk.split('#');
    return { hour: new Date(hour), shard: Number(shard), minutes };
  });

/** An hour is forgotten later than the bodies of any source: by then the index has none of its events. */
const keptSeconds = 400 * 24 * 3600;

export const busyHourItem = (source: string, shard: number, hour: Date, busy: readonly number[]) => ({
  pk: busyPartition(source),
  sk: busySortKey(hour, shard),
  minutes: [...busy],
  expiresAt: Math.floor(hour.getTime() / 1000) + keptSeconds,
});

export const sweptKey = (source: string, shard: number) => ({ pk: `CURSOR#${source}`, sk: String(shard) });

/** How far the sweeper has come with a source and shard. */
export const sweptSchema = z.object({
  /** The minute to be read next. */
  next: z.coerce.date(),
  /** The first minute that was ever read. */
  since: z.coerce.date().optional(),
  /** Minutes with events, of the hour of `next` and before it. */
  busy: minutes.optional(),
});
export type Swept = z.infer<typeof sweptSchema>;

/** Where a source's first cursor begins. */
export const firstLookBackMs = 60 * 60_000;
