import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { callAwsJson } from '../../local/aws-json.ts';
import type { Random } from '../simulation/random.ts';
import type { PlannedEvent } from './plan.ts';
import type { RunningCloud } from './running-cloud.ts';
import type { Accepted } from './senders.ts';

export type ActionName = 'redrive' | 'replay' | 'discard' | 'resolve';

/** `unknown`: no answer came, and it may have been done. */
export type Outcome = 'done' | 'refused' | 'unknown';

export interface Act {
  readonly event: string;
  readonly action: ActionName;
  readonly outcome: Outcome;
}

const AttentionList = z.object({
  items: z.array(z.object({ source: z.string(), eventId: z.string().optional(), reason: z.string() })),
});

/** The operations API, and move tasks. */
export class Operators {
  readonly acts: Act[] = [];
  readonly moveTasks: { readonly to: string; isCancelled: boolean }[] = [];
  readonly #cloud: RunningCloud;

  constructor(cloud: RunningCloud) {
    this.#cloud = cloud;
  }

  /** Events that wait for somebody; undefined where the list could not be read. */
  async attention(): Promise<readonly { readonly event: string; readonly reason: string }[] | undefined> {
    const url = this.#cloud.endpoints()?.url;
    try {
      const response = await fetch(`${url ?? ''}/ops/attention`, { signal: AbortSignal.timeout(15_000) });
      const { items } = AttentionList.parse(await response.json());
      return items.map(({ source, eventId = '', reason }) => ({ event: `${source}#${eventId}`, reason }));
    } catch {
      return undefined;
    }
  }

  async act(event: string, action: ActionName): Promise<Outcome> {
    const [source = '', id = ''] = event.split('#');
    const outcome = await this.#post(`events/${source}/${id}/${action}`);
    this.acts.push({ event, action, outcome });
    return outcome;
  }

  async #post(path: string): Promise<Outcome> {
    const url = this.#cloud.endpoints()?.url;
    if (url === undefined) return 'refused';
    try {
      const response = await fetch(`${url}/ops/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'the soak asks for it' }),
        signal: AbortSignal.timeout(15_000),
      });
      await response.body?.cancel();
      if (response.ok) return 'done';
      return response.status >= 500 ? 'unknown' : 'refused';
    } catch {
      return 'unknown';
    }
  }

  /** A move of the whole dead-letter queue, to its sources or to the lane queue; cancelled after a while, if it still runs then. */
  async move(to: 'source' | 'lanes', options: { perSecond: number; cancelAfterMs?: number }): Promise<void> {
    const endpoints = this.#cloud.endpoints();
    if (!endpoints) return;
    const arnOf = (queueUrl: string) =>
      `arn:aws:sqs:us-east-1:000000000000:${queueUrl.slice(queueUrl.lastIndexOf('/') + 1)}`;
    const call = (action: string, input: object) =>
      callAwsJson(endpoints.sqs, `AmazonSQS.${action}`, input, AbortSignal.timeout(10_000));
    try {
      const task = z.object({ TaskHandle: z.string() }).parse(
        await call('StartMessageMoveTask', {
          SourceArn: arnOf(endpoints.deadLetterQueueUrl),
          ...(to === 'lanes' && { DestinationArn: arnOf(endpoints.queueUrl) }),
          MaxNumberOfMessagesPerSecond: options.perSecond,
        }),
      );
      const started = { to, isCancelled: false };
      this.moveTasks.push(started);
      if (options.cancelAfterMs === undefined) return;
      await sleep(options.cancelAfterMs);
      await call('CancelMessageMoveTask', { TaskHandle: task.TaskHandle });
      started.isCancelled = true;
    } catch {
      // The cloud died, another task is running, or this one was over already.
    }
  }
}

/** Looks after what failed now and then, and after what is delayed or done more seldom, until it is told to stop. */
export function startOperators(operators: Operators, accepted: Accepted, random: Random) {
  const stopping = new AbortController();
  const anyEvent = (): PlannedEvent | undefined => anyOf([...accepted.values()].flat(), random);
  const everyNowAndThen = async (meanMs: number, work: () => Promise<void>): Promise<void> => {
    const pause = () => sleep(meanMs * 2 * random.next(), undefined, { signal: stopping.signal });
    for (;;) {
      try {
        await pause();
      } catch {
        return;
      }
      await work();
    }
  };
  const repair = async () => {
    const attention = await operators.attention();
    const found = anyOf(attention ?? [], random);
    if (found === undefined) return;
    const draw = random.next();
    const action = draw < 0.7 ? 'redrive' : draw < 0.85 ? 'discard' : 'resolve';
    // Payments wait for it, again and again if it never happens.
    await operators.act(found.event, found.event.startsWith('waits#created-') ? 'redrive' : action);
  };
  const hurry = async () => {
    const delayed = [...accepted.values()].flat().filter(({ answers }) => answers.includes(430));
    // Of the newest: older ones are through.
    const event = anyOf(delayed.slice(-10), random);
    if (event) await operators.act(`${event.source}#${event.id}`, random.chance(0.7) ? 'redrive' : 'discard');
  };
  const replay = async () => {
    const event = anyEvent();
    if (event) await operators.act(`${event.source}#${event.id}`, 'replay');
  };
  const move = () => {
    // One that is to be cancelled in the middle has to be slow.
    const pace = random.chance(0.5)
      ? { perSecond: 1, cancelAfterMs: random.int(200, 2000) }
      : { perSecond: random.int(1, 20) };
    return operators.move(random.chance(0.5) ? 'source' : 'lanes', pace);
  };
  const running = Promise.all([
    everyNowAndThen(1500, repair),
    everyNowAndThen(6000, hurry),
    everyNowAndThen(8000, replay),
    everyNowAndThen(20_000, move),
  ]);
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

const anyOf = <T>(list: readonly T[], random: Random): T | undefined =>
  list[random.int(0, Math.max(0, list.length - 1))];
