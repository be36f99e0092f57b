import * as z from 'zod';

/** What each option of a source may be; the messages are what a user reads. */

const mebibyte = 1024 * 1024;
const longestDelaySeconds = 43_200;
/** SQS allows 1,000 receives; 30 of them are slack. */
const mostAttempts = 900;

export const sourceName = /^[a-z0-9][a-z0-9-]{0,62}$/;

export function wholeNumber(from: number, to: number) {
  const error = `must be a whole number from ${from} to ${to}`;
  return z.int({ error }).min(from, { error }).max(to, { error });
}

export function oneOf<const Values extends readonly (string | number | boolean)[]>(...values: Values) {
  return z.literal([...values], {
    error: `must be ${values.map((value) => JSON.stringify(value)).join(' or ')}`,
  });
}

const fieldMessage = 'must be a path into the body, header:Name, or a function';

const field = z.custom((value) => {
  if (typeof value === 'function') return true;
  return typeof value === 'string' && value !== '' && !/^header:\s*$/i.test(value);
}, fieldMessage);

const aFunction = z.custom((value) => typeof value === 'function', 'must be a function');

const verifier = z.custom<{ verify: unknown }>(
  (value) => hasFunction(value, 'verify'),
  'must be a verifier, such as bearer(), hmac(…) or none()',
);

const schema = z.custom((value) => hasFunction(value, 'safeParseAsync'), 'must be a zod schema');

function hasFunction(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}

const delay = wholeNumber(1, longestDelaySeconds);

const retry = z
  .strictObject({
    attempts: wholeNumber(1, mostAttempts),
    delaysSeconds: z.array(delay).min(1, 'must hold at least one delay; the last one is repeated').optional(),
    backoff: z.strictObject({ baseSeconds: delay, maxSeconds: delay }).optional(),
  })
  .refine(({ delaysSeconds, backoff }) => (delaysSeconds === undefined) !== (backoff === undefined), {
    error: 'must have either delaysSeconds or backoff',
  });

const order = z.strictObject({
  sequence: field.optional(),
  start: oneOf(1, 'first-seen').optional(),
  version: field.optional(),
  after: z.record(z.string(), z.array(z.string()).min(1, 'must name at least one type')).optional(),
  gapTimeoutSeconds: wholeNumber(1, 30 * 24 * 3600).optional(),
  onGap: oneOf('run', 'fail').optional(),
});

const url = z.custom(
  (value) => typeof value === 'string' && /^https?:\/\/[^\s/]+/.test(value) && URL.canParse(value),
  'must be a full address, such as https://hooks.example.com/webhooks/acme',
);

export const sourceSchema = z.strictObject({
  verify: verifier,
  schema: schema.optional(),
  bodyFormats: z
    .array(
      z
        .string()
        .regex(
          /^(json|json-as-text|ndjson|xml|empty|form|form:.+)$/,
          'must be json, json-as-text, ndjson, xml, empty, form or form:<field>',
        ),
    )
    .min(1, 'must name at least one format'),
  methods: z.array(oneOf('DELETE', 'GET', 'PATCH', 'POST', 'PUT')).min(1, 'must name at least one method'),
  split: z
    .custom(
      (value) => typeof value === 'function' || (typeof value === 'string' && value !== ''),
      'must be a path to an array or a function',
    )
    .optional(),
  handshakes: z.array(z.custom((value) => hasFunction(value, 'respond'), 'must be a handshake')).optional(),
  id: field,
  idOtherwise: field.optional(),
  type: field.optional(),
  lane: field.optional(),
  when: aFunction.optional(),
  order: order.optional(),
  execution: oneOf('at-least-once', 'at-most-once'),
  retry,
  onExhausted: oneOf('continue', 'hold'),
  breaker: z
    .strictObject({ failures: wholeNumber(1, 10_000), probeSeconds: wholeNumber(1, 3600).optional() })
    .optional(),
  atMost: z
    .strictObject({
      // Two minutes of it are in flight at a time, of the 120,000 messages that SQS has.
      perSecond: wholeNumber(1, 500).optional(),
      // All stand in one item, which costs a write unit for each 25 of them.
      atOnce: wholeNumber(1, 100).optional(),
    })
    .refine(({ perSecond, atOnce }) => perSecond !== undefined || atOnce !== undefined, {
      error: 'must have perSecond or atOnce',
    })
    .optional(),
  holdForSeconds: wholeNumber(1, 365 * 24 * 3600).optional(),
  duplicates: z.strictObject({ status: oneOf(200, 409) }),
  rateLimit: z.strictObject({ perMinute: wholeNumber(1, 1_000_000), per: oneOf('ip', 'source') }).optional(),
  maxBodyBytes: wholeNumber(1, 5 * mebibyte),
  retentionDays: wholeNumber(7, 3650),
  publicUrl: url.optional(),
  respond: aFunction.optional(),
  emptyRefusals: oneOf(true, false).optional(),
  redact: z.array(z.string().min(1, 'must name a field')).optional(),
  secrets: z.string().regex(sourceName, 'must be the name of a source').optional(),
  /** Written by the presets. */
  provider: z.unknown().optional(),
});
