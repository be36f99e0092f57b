import { setTimeout as sleep } from 'node:timers/promises';
import type { Sink } from '../local/fixtures/sink.ts';
import type { Random } from '../simulation/random.ts';
import { eventsOf, sources, type PlannedEvent } from './plan.ts';
import type { RunningCloud } from './running-cloud.ts';

/** What was acknowledged, by lane, in the order of the acknowledgements. */
export type Accepted = ReadonlyMap<string, readonly PlannedEvent[]>;

export interface Senders {
  readonly accepted: Accepted;
  /** Requests that got no 2xx and were sent again. */
  readonly refused: () => number;
  /** Everything that was begun is acknowledged when this resolves. */
  finish(): Promise<void>;
}

/**
 * One sender for each lane: its events one by one, each again and again until it is acknowledged, some of them once more after
 * that. All lanes together send `perSecond` on average.
 */
export function startSenders(
  cloud: RunningCloud,
  sink: Sink,
  options: { readonly lanesPerSource: number; readonly perSecond: number; readonly random: Random },
): Senders {
  const { lanesPerSource, perSecond, random } = options;
  const accepted = new Map<string, PlannedEvent[]>();
  const pauseMs = (1000 * lanesPerSource * sources.length) / perSecond;
  let isFinishing = false;
  let refused = 0;

  async function sendUntilAccepted(event: PlannedEvent): Promise<void> {
    while (!(await isAccepted(cloud, event))) {
      refused += 1;
      await sleep(300);
    }
  }

  async function run(source: (typeof sources)[number], entity: string): Promise<void> {
    const own = random.fork(`${source} ${entity}`);
    const done: PlannedEvent[] = [];
    accepted.set(`${source}#${entity}`, done);
    for (const event of eventsOf(source, entity, own)) {
      if (!isFinishing) await sleep(pauseMs * 2 * own.next());
      if (isFinishing && !isWaitedFor(done)) return;
      answerAsPlanned(sink, event);
      await sendUntilAccepted(event);
      done.push(event);
      if (own.chance(0.05)) await sendUntilAccepted(event);
    }
  }

  const running = Promise.all(
    sources.flatMap((source) =>
      Array.from({ length: lanesPerSource }, (_, n) => run(source, `${source}-${n}`)),
    ),
  );
  return {
    accepted,
    refused: () => refused,
    async finish() {
      isFinishing = true;
      await running;
    },
  };
}

/** A payment waits for the creation of its entity: without it nothing would ever let it go on. */
function isWaitedFor(events: readonly PlannedEvent[]): boolean {
  const has = (type: string) => events.some((event) => event.type === type);
  return has('paid') && !has('created');
}

async function isAccepted(cloud: RunningCloud, { source, id, type, entity }: PlannedEvent): Promise<boolean> {
  const url = cloud.endpoints()?.url;
  if (url === undefined) return false;
  try {
    const response = await fetch(`${url}/webhooks/${source}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, type, entity }),
      signal: AbortSignal.timeout(20_000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function answerAsPlanned(sink: Sink, { source, id, answers, thinksMs }: PlannedEvent): void {
  const left = [...answers];
  sink.answer(`${source}#${id}`, async () => {
    await sleep(thinksMs);
    return left.shift() ?? 200;
  });
}
