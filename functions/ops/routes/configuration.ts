import * as z from 'zod';
import type { Field, Source } from '../../sources/source.ts';
import { found } from '../answer.ts';
import { route } from '../route.ts';

const field = z
  .string()
  .meta({ description: 'Where it stands, or `a function`', examples: ['data.object.id'] });

const configuredSchema = z.object({
  source: z.string(),
  subscriberOf: z.string().optional(),
  ending: z.enum(['finish', 'discard']).optional().meta({ description: 'It gets no new events' }),
  provider: z.string().optional().meta({ description: 'Name of the preset' }),
  verify: z.string().meta({ examples: ['stripe', 'bearer'] }),
  publicUrl: z.string().optional(),
  methods: z.array(z.string()),
  bodyFormats: z.array(z.string()),
  maxBodyBytes: z.int(),
  id: field,
  type: field.optional(),
  lane: field.optional(),
  order: z
    .object({
      sequence: field.optional(),
      version: field.optional(),
      after: z.record(z.string(), z.array(z.string())).optional(),
      gapTimeoutSeconds: z.number().optional(),
      onGap: z.enum(['run', 'fail']).optional(),
    })
    .optional(),
  execution: z.enum(['at-least-once', 'at-most-once']),
  retry: z.record(z.string(), z.unknown()).meta({ description: 'As it is written in the configuration' }),
  onExhausted: z.enum(['continue', 'hold']),
  holdForSeconds: z.number().optional(),
  breaker: z.object({ failures: z.int(), probeSeconds: z.number().optional() }).optional(),
  atMost: z.object({ perSecond: z.number().optional(), atOnce: z.int().optional() }).optional(),
  rateLimit: z.object({ perMinute: z.number(), per: z.enum(['ip', 'source']) }).optional(),
  duplicates: z.object({ status: z.int() }),
  retentionDays: z.int(),
  redact: z.array(z.string()).optional(),
});

const configurationSchema = z
  .object({ version: z.string(), sources: z.array(configuredSchema) })
  .meta({ description: 'The version that is deployed, and its configuration as the functions read it' });

/** As JSON has it: what the console reads. */
export type ConfigurationOnWire = z.input<typeof configurationSchema>;

export const configuration = route(
  {
    method: 'GET',
    path: '/ops/configuration',
    name: 'readConfiguration',
    tag: 'api',
    summary: 'The version that is deployed, and its sources with every default filled in; no secret',
    answer: configurationSchema,
    problems: [],
  },
  async (_, { version, sources }) =>
    await Promise.resolve(
      found({
        version,
        sources: Object.entries(sources)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, source]) => configured(name, source)),
      }),
    ),
);

function configured(name: string, source: Source): z.output<typeof configuredSchema> {
  const { order } = source;
  return {
    source: name,
    subscriberOf: source.subscriberOf,
    ending: source.ending,
    provider: source.provider?.name,
    verify: source.verify.name,
    publicUrl: source.publicUrl,
    methods: [...source.methods],
    bodyFormats: [...source.bodyFormats],
    maxBodyBytes: source.maxBodyBytes,
    id: placeOf(source.id),
    ...(source.type !== undefined && { type: placeOf(source.type) }),
    ...(source.lane !== undefined && { lane: placeOf(source.lane) }),
    ...(order && {
      order: {
        ...(order.sequence !== undefined && { sequence: placeOf(order.sequence) }),
        ...(order.version !== undefined && { version: placeOf(order.version) }),
        ...(order.after && {
          after: Object.fromEntries(Object.entries(order.after).map(([type, first]) => [type, [...first]])),
        }),
        gapTimeoutSeconds: order.gapTimeoutSeconds,
        onGap: order.onGap,
      },
    }),
    execution: source.execution,
    retry: { ...source.retry },
    onExhausted: source.onExhausted,
    holdForSeconds: source.holdForSeconds,
    breaker: source.breaker,
    atMost: source.atMost,
    rateLimit: source.rateLimit,
    duplicates: source.duplicates,
    retentionDays: source.retentionDays,
    ...(source.redact && { redact: [...source.redact] }),
  };
}

const placeOf = (field: Field): string => (typeof field === 'string' ? field : 'a function');
