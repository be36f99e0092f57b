import * as z from 'zod';
import type { SinkCloud } from '../local/fixtures/sink-cloud.ts';

/** What a cloud has of each kind: the names by which the API knows it. */
export interface Inhabitants {
  readonly sources: readonly string[];
  readonly eventIds: readonly string[];
  readonly entities: readonly string[];
  readonly jobs: readonly string[];
}

/** Events in every state an operator meets, lanes that are held, and jobs. */
export async function inhabit({ send, sink, untilState, cloud }: SinkCloud): Promise<Inhabitants> {
  const failing = Array.from({ length: 8 }, (_, n) => `bad-${n}`);
  for (const id of failing) sink.answer(`held#${id}`, () => 422);
  for (const id of [...failing, 'good-1', 'good-2']) {
    await send('held', { id, type: 'paid', entity: `of-${id}` });
    await untilState(`held#${id}`, id.startsWith('bad') ? 'failed' : 'processed');
  }
  const followers = ['behind-1', 'behind/2'];
  for (const id of followers) {
    await send('held', { id, type: 'paid', entity: 'of-bad-0' });
    await untilState(`held#${id}`, 'waiting');
  }
  const jobs = await Promise.all(
    (['redrive', 'discard', 'resolve'] as const).map(async (action) => {
      const planned = await fetch(`${cloud.url}/ops/jobs`, {
        method: 'POST',
        body: JSON.stringify({ action, reason: 'to be asked about', filter: { source: 'held' } }),
      });
      return z.object({ id: z.string() }).parse(await planned.json()).id;
    }),
  );
  return {
    sources: ['held'],
    eventIds: [...failing, 'good-1', 'good-2', ...followers.map(encodeURIComponent), 'never-heard-of'],
    entities: failing.map((id) => `of-${id}`),
    jobs,
  };
}
