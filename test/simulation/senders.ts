import * as z from 'zod';
import type { Answer } from '../../functions/api/answer.ts';
import type { AnsweredEvent } from './history.ts';
import type { PlannedEvent, PlannedSend } from './scenario.ts';
import { startAt, type World } from './world.ts';

/** Of the ingest function, by API Gateway and Lambda. */
const ingestTimeoutMs = 10_000;
const hosts = 3;

export interface Senders {
  readonly areDone: () => boolean;
  /** One more event, beyond the plan, until it is acknowledged. */
  readonly send: (event: PlannedEvent) => void;
}

/** Senders as providers are: they try again while they get no 2xx, give up after a while, and send the same event again for reasons of their own. */
export function startSenders(world: World): Senders {
  let requests = 0;
  let open = world.plan.sends.length;
  const finished: (() => void)[][] = world.plan.sends.map(() => []);
  const isFinished = world.plan.sends.map(() => false);

  world.plan.sends.forEach((send, index) => {
    const begin = (from: number) => {
      world.scheduler.at(from + send.at, () => {
        world.go('a sender', async () => {
          await tryToSend(plannedFor(send), send);
          isFinished[index] = true;
          open--;
          for (const next of finished[index] ?? []) next();
        });
      });
    };
    const { after } = send;
    if (after === undefined || isFinished[after] === undefined) begin(startAt);
    else
      finished[after]?.push(() => {
        begin(world.scheduler.now);
      });
  });

  const plannedFor = ({ events }: PlannedSend) => events.flatMap((index) => world.plan.events[index] ?? []);

  async function tryToSend(events: readonly PlannedEvent[], send: Attempted): Promise<void> {
    for (let tries = 0; tries < send.tries; tries++) {
      if (tries > 0) await wait(send.retryMs * (tries + 1));
      const status = await request(events, send.body);
      if (status !== undefined && status >= 200 && status < 500) return;
    }
  }

  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      world.scheduler.after(ms, resolve);
    });

  /** One request and its answer; undefined where the sender got none. */
  function request(planned: readonly PlannedEvent[], body: PlannedSend['body']): Promise<number | undefined> {
    const number = ++requests;
    const [{ source } = { source: '' }] = planned;
    const events = planned.map(({ id }) => `${source}#${id}`);
    const { history, scheduler, trace } = world;
    return new Promise((resolve) => {
      const process = world.process('ingest', `ingest-${number % hosts}`, {
        onDeath: () => {
          trace(`request ${number} gets no answer`);
          resolve(undefined);
        },
      });
      const { actor, version } = process;
      history.add({
        kind: 'request',
        at: scheduler.now,
        request: number,
        actor: actor.name,
        source,
        events,
      });
      trace(
        `request ${number} by ${actor.name}: ${events.join(', ')}${body === 'other' ? ', another body' : ''}`,
      );
      scheduler.after(ingestTimeoutMs, () => {
        actor.killUnlessPaused();
      });
      const policy = world.plan.sources[source];
      const sent = bodyOf(planned, body === 'other', policy?.splits === true);
      world.go('a request', async () => {
        const answer = await version.runIngest(
          {
            method: 'POST',
            path: `/webhooks/${source}`,
            rawQuery: '',
            headers: { 'content-type': 'application/json' },
            body: Buffer.from(JSON.stringify(sent)),
            sourceName: source,
            sourceIp: '192.0.2.1',
            requestId: `request-${number}`,
          },
          process,
        );
        actor.end();
        const isLost = actor.random.chance(world.faults.lostAnswer);
        trace(`request ${number} is answered ${answer.status}${isLost ? ', unheard' : ''}`);
        if (isLost) {
          resolve(undefined);
          return;
        }
        const outcomes = outcomesIn(answer);
        history.add({ kind: 'answer', at: scheduler.now, request: number, status: answer.status, outcomes });
        resolve(answer.status);
      });
    });
  }

  return {
    areDone: () => open === 0,
    send(event) {
      open++;
      world.go('a sender', async () => {
        await tryToSend([event], { body: 'same', tries: 5, retryMs: 1000 });
        open--;
      });
    },
  };
}

type Attempted = Pick<PlannedSend, 'body' | 'tries' | 'retryMs'>;

/** Another body under the same id tells another story: another lane, a later number. */
function bodyOf(events: readonly PlannedEvent[], isOther: boolean, splits: boolean): unknown {
  const bodies = events.map(({ id, lane, type, sequence, version }) => ({
    id,
    type,
    lane: isOther ? `${lane}-other` : lane,
    sequence: isOther ? sequence + 7 : sequence,
    version: isOther ? version + 7 : version,
    ...(isOther ? { other: true } : {}),
  }));
  return splits ? { events: bodies } : bodies[0];
}

const taken = z.object({ status: z.string(), eventId: z.string(), state: z.string().optional() });
const several = z.object({ events: z.array(taken) });
const one = taken.transform((event) => ({ events: [event] }));

const hasEvents = (body: unknown): boolean => typeof body === 'object' && body !== null && 'events' in body;

function outcomesIn({ body, status }: Answer): readonly AnsweredEvent[] {
  if (status >= 300 && status !== 409) return [];
  const answered = (hasEvents(body) ? several : one).safeParse(body);
  return answered.data?.events ?? [];
}
