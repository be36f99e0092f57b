import { isFinal, type EntryState, type EventState } from '../../functions/ledger/entry.ts';

/** What may follow what in the life of an event, as a Mermaid state diagram. Final states lead to the end. */
export function drawStates(transitions: Readonly<Record<EventState, readonly EntryState[]>>): string {
  const states = Object.keys(transitions) as EventState[];
  const lines = [
    '[*] --> pending',
    ...states.flatMap((from) => transitions[from].map((to) => `${from} --> ${to}`)),
    ...states.filter(isFinal).map((state) => `${state} --> [*]`),
  ];
  return ['stateDiagram-v2', ...lines.map((line) => `  ${line}`), ''].join('\n');
}
