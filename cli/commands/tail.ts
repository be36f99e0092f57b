import type { Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { eventFilterOf, withEventFilter, type EventFilter } from '../operations/event-filter.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { exact } from '../terminal/moment.ts';
import { stateCell } from '../terminal/state-cell.ts';
import { coloured, printable, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from '../whole-number.ts';

type Event = AnswerOf<'listEvents'>['items'][number];

/** How many of the newest events are watched for what becomes of them: one page. */
const watched = 100;

/** A line for each event that comes in, and for each change of its state, until Ctrl-C. The API is asked every few seconds: it keeps no stream open. */
export function tail(program: Command, terminal: Terminal): void {
  const command = withEventFilter(
    program
      .command('tail')
      .description('events as they come in, and what becomes of them, until Ctrl-C')
      .option('--every <seconds>', 'how often the API is asked', wholeNumber(1, 60), 2),
  ).action(async (options: TargetOptions & EventFilter & { readonly every: number }) => {
    const client = await connect(options, terminal);
    const query = { from: terminal.now().toISOString(), ...eventFilterOf(options), limit: watched };
    if (terminal.columns !== undefined && options.json !== true)
      terminal.write(`Events at ${client.target.where}, and what becomes of them, until Ctrl-C:\n`);
    let seen: ReadonlyMap<string, string> = new Map();
    while (!terminal.ended.aborted) {
      const { value } = await client.ask('listEvents', { query });
      const events = value.items.toReversed();
      const changed = events.filter((event) => seen.get(keyOf(event)) !== markOf(event));
      for (const event of changed)
        terminal.write(options.json === true ? `${JSON.stringify(event)}\n` : lineOf(event, terminal));
      // What is no longer on the page is not watched any more: memory stays as it is.
      seen = new Map(events.map((event) => [keyOf(event), markOf(event)]));
      await sleep(options.every * 1000, undefined, { signal: terminal.ended }).catch(() => undefined);
    }
  });
  withExamples(withTarget(command), 'tail --source billing', 'tail --state failed --json');
}

const keyOf = ({ source, eventId }: Event): string => `${source}#${eventId}`;

const markOf = ({ state, attempts }: Event): string => `${state} ${attempts}`;

function lineOf(event: Event, terminal: Terminal): string {
  const { text, colour } = stateCell(event.state);
  const state = text.padEnd(11);
  const parts = [
    exact(event.changedAt ?? event.acceptedAt ?? terminal.now()),
    colour === undefined ? state : coloured(colour, state, terminal),
    printable(keyOf(event)),
    printable([event.type, event.reason].filter((part) => part !== undefined).join('  ')),
  ];
  return `${parts.join('  ').trimEnd()}\n`;
}
