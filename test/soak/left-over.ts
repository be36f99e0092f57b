import type { StateItem, Stored } from './stored.ts';

/**
 * What must not be left when everything is done: messages, turns, events that wait, attention. Not that a letter is looked for which has
 * gone already: the sweeper goes on with that for a while, to be sure.
 */
export function leftOver({ state, messages }: Pick<Stored, 'state' | 'messages'>): string[] {
  const queued = Object.entries(messages)
    .filter(([, count]) => count > 0)
    .map(([queue, count]) => `${count} messages are left in the queue of ${queue}`);
  return [...queued, ...state.flatMap(leftInState)];
}

function leftInState({ pk, sk, turn }: StateItem): string[] {
  if (sk.startsWith('WAIT#')) return [`an event still waits: ${pk} ${sk}`];
  if (turn !== undefined) return [`a lane still has a turn: ${pk}, on ${turn}`];
  if (pk.startsWith('ATTENTION#')) return [`on the attention list: ${sk}`];
  return [];
}
