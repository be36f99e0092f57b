import * as z from 'zod';
import { eventKey } from '../../ledger/keys.ts';
import type { OperationsDeps } from '../deps.ts';
import { askQueue } from '../queues.ts';
import { route } from '../route.ts';
import { time } from '../wire.ts';

const partSchema = z.enum(['ok', 'down']);

const healthSchema = z
  .object({ status: partSchema, ledger: partSchema, queue: partSchema, at: time })
  .meta({ description: 'Whether ledger and queue answer; 503 where one does not' });
type Health = z.output<typeof healthSchema>;

/** Anybody may ask, and as often as they like: what they cause is one look at ledger and queue in so long. */
const cachedMs = 3000;

const cache = new WeakMap<OperationsDeps, { readonly until: number; readonly health: Promise<Health> }>();

export const health = route(
  {
    method: 'GET',
    path: '/health',
    name: 'readHealth',
    tag: 'numbers',
    summary: 'Do ledger and queue answer? Up to three seconds old',
    answer: healthSchema,
    otherStatus: 503,
    problems: [],
    isPublic: true,
  },
  async (_, deps) => {
    const now = deps.now().getTime();
    const known = cache.get(deps);
    const asked = known && now < known.until ? known : { until: now + cachedMs, health: look(deps) };
    cache.set(deps, asked);
    const body = await asked.health;
    return { kind: 'found', body, status: body.status === 'ok' ? 200 : 503 };
  },
);

async function look(deps: OperationsDeps): Promise<Health> {
  const { ledger, sqs, queueUrl } = deps;
  const [ofLedger, ofQueue] = await Promise.all([
    answers('ledger', ledger.newest(eventKey('health', 'health')), deps),
    answers('queue', askQueue(sqs, queueUrl), deps),
  ]);
  const status = ofLedger === 'ok' && ofQueue === 'ok' ? 'ok' : 'down';
  return { status, ledger: ofLedger, queue: ofQueue, at: deps.now() };
}

async function answers(
  what: string,
  question: Promise<unknown>,
  { log }: OperationsDeps,
): Promise<'ok' | 'down'> {
  try {
    await question;
    return 'ok';
  } catch (error) {
    log.error(`the ${what} cannot be reached`, { reason: String(error) });
    return 'down';
  }
}
