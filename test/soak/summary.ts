import type { SinkCall } from '../local/fixtures/sink.ts';
import type { Operators } from './operators.ts';
import type { Accepted } from './senders.ts';
import type { Stored } from './stored.ts';

/** What happened, in figures: without failures, delays and repairs a balance proves little. */
export function summary(
  accepted: Accepted,
  { entries, effects }: Stored,
  calls: readonly SinkCall[],
  { acts, moveTasks }: Operators,
): string[] {
  const events = [...accepted.values()].flat();
  const all = [...entries.values()].flat();
  const ends = events.map(({ source, id }) => entries.get(`${source}#${id}`)?.at(-1)?.state ?? 'none');
  const parked = all.filter((entry) => entry.state === 'retrying' && entry.parked === true).length;
  const abandoned = [...entries.values()].flatMap((list) =>
    list.filter(({ state }, at) => state === 'processing' && list[at + 1]?.state === 'processing'),
  ).length;
  const byQueue = all.filter(({ state, actor }) => state === 'reopened' && actor === 'sqs').length;
  return [
    `ended: ${counted(ends)}`,
    `entries: ${counted(all.map(({ state }) => state))}`,
    `${abandoned} attempts ended without a word, ${parked} delays were parked`,
    `acts: ${counted(acts.map(({ action, outcome }) => `${action} ${outcome}`))}`,
    `${moveTasks.length} move tasks, ${moveTasks.filter(({ to }) => to === 'lanes').length} of them to the lane queue, ` +
      `${moveTasks.filter(({ isCancelled }) => isCancelled).length} cancelled; ${byQueue} events were redriven by them`,
    `${calls.length} calls of the sink, ${[...effects.values()].flat().length} effects`,
  ];
}

function counted(names: readonly string[]): string {
  const groups = Map.groupBy(names, (name) => name);
  return [...groups].map(([name, list]) => `${name} ${list.length}`).join(', ');
}
