import type { Cell } from './table.ts';
import type { Colour } from './terminal.ts';

const colours: Readonly<Record<string, Colour>> = {
  processed: 'green',
  resolved: 'green',
  failed: 'red',
  quarantined: 'red',
  held: 'red',
  gap: 'yellow',
  retrying: 'yellow',
  waiting: 'yellow',
  processing: 'cyan',
  turn: 'cyan',
};

/** The state of an event or a lane. Its word says it without the colour, too. */
export function stateCell(state: string): Cell {
  const colour = colours[state];
  return colour === undefined ? { text: state } : { text: state, colour };
}
