import { awsIam, defineConfig, hmac, source, type SourceOptions } from 'hooklane';
import * as z from 'zod';

/** What the drill sends: `fail` says how the handler fails until it is repaired, `filling` makes it large. */
export const DrillEvent = z.object({
  id: z.string(),
  lane: z.string(),
  fail: z.enum(['throw', 'timeout', 'crash', 'once']).optional(),
  filling: z.string().optional(),
});

const common = {
  verify: hmac({ algorithm: 'sha256', header: 'x-drill-signature', encoding: 'hex' }),
  schema: DrillEvent,
  id: 'id',
  lane: 'lane',
  onExhausted: 'hold',
} satisfies Partial<SourceOptions<z.infer<typeof DrillEvent>>>;

/** Its handlers fail as they are told, in as short a time as a real function can. */
export default defineConfig({
  sources: {
    work: source({ ...common, retry: { attempts: 2, delaysSeconds: [1] } }),
    // Longer than a message may stay in the queue, so that the sweeper sends the second attempt.
    late: source({ ...common, retry: { attempts: 2, delaysSeconds: [121] } }),
    rotated: source(common),
    own: source({ ...common, verify: awsIam() }),
  },
  tables: { effects: { partitionKey: 'pk' }, switches: { partitionKey: 'pk' } },
  processor: { timeoutSeconds: 6, maxConcurrency: 8 },
});
