import { createHash } from 'node:crypto';
import { toAnswer } from './answer.ts';
import { createConsume, type Consume } from './consume.ts';
import type { Delivery } from './delivery.ts';
import { openDefaultStore } from './default-store.ts';
import { keyProblem } from './key.ts';
import type { Outcome } from './outcome.ts';
import { readSettings, type ConsumeOptions } from './settings.ts';
import { sortableVersion, type VersionedEntity } from './version.ts';

export interface OnceInput {
  readonly key: string;
  /** What the event is: the same key with another one is refused as `mismatch`. */
  readonly body?: string | Uint8Array;
  readonly lane?: string | undefined;
  readonly version?: VersionedEntity | undefined;
}

export interface OnceContext<Db> {
  readonly db: Db;
  readonly key: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
}

export type OnceOutcome = Outcome & {
  /** What the handler returned, now or for an earlier copy, after a trip through JSON. */
  readonly value: unknown;
};

/**
 * The core without HTTP, for queues and jobs: `const once = createOnce({ store }); await once({ key }, async ({ db }) => …)`. Throws a
 * TypeError for an unusable key; everything else is an outcome.
 */
export function createOnce<Db = unknown>(
  options: ConsumeOptions<Db> = {},
): (input: OnceInput, handler: (context: OnceContext<Db>) => unknown) => Promise<OnceOutcome> {
  let opened: Promise<Consume<Db>> | undefined;
  const open = async () =>
    createConsume(readSettings(options, options.store ?? (await openDefaultStore<Db>())));

  return async (input, handler) => {
    const wrong = keyProblem(input.key) ?? (input.lane === undefined ? undefined : keyProblem(input.lane));
    if (wrong !== undefined) throw new TypeError(`${wrong}: ${JSON.stringify(input.key.slice(0, 100))}`);
    opened ??= open();
    const consume = await opened.catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    const delivery: Delivery = {
      key: input.key,
      digest: input.body === undefined ? undefined : createHash('sha256').update(input.body).digest('hex'),
      lane: input.lane,
      version: input.version && sortableVersion(input.version),
    };
    const outcome = await consume(delivery, async (attempt) => {
      const value = await handler({ ...attempt, key: input.key });
      // Wrapped, so that a value which looks like an answer is none.
      return value === undefined
        ? toAnswer(undefined)
        : toAnswer({ status: 200, body: JSON.stringify(value) });
    });
    return { ...outcome, value: valueOf(outcome) };
  };
}

function valueOf(outcome: Outcome): unknown {
  if (outcome.kind !== 'ran' && outcome.kind !== 'replayed') return undefined;
  const text = Buffer.from(outcome.answer.body).toString();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
