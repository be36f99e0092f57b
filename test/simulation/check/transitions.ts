import { transitions } from '../../../functions/ledger/transitions.ts';
import type { Stories } from './stories.ts';
import type { Violation } from './violation.ts';

/** G7: an event becomes only what the drawn life of an event allows, and nobody decides otherwise. `seen`: every change that was made, as `from to`. */
export function checkTransitions({ events, history }: Stories): {
  readonly violations: readonly Violation[];
  readonly seen: ReadonlySet<string>;
} {
  const seen = new Set<string>();
  const violations = history.of('refused').map(({ actor, why }): Violation => ({
    guarantee: 'G7',
    what: 'somebody decided what an event may not become',
    details: `${actor}: ${why}`,
  }));
  for (const { event, entries } of events.values()) {
    let from: keyof typeof transitions = 'pending';
    for (const { entry } of entries) {
      const { state } = entry;
      seen.add(`${from} ${state}`);
      if (!transitions[from].includes(state)) {
        const details = `${event}: ${state} after ${from}`;
        violations.push({ guarantee: 'G7', what: 'an event became what it may not become', details });
      }
      from = state;
    }
  }
  return { violations, seen };
}
