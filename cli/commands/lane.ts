import type { Command } from 'commander';
import { laneStates } from '../../functions/ops/meanings.ts';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import { nameOf, written } from '../operations/name-of.ts';
import { nextCommands, withReasonToSay, type NextCommand } from '../operations/next-commands.ts';
import { withSubscriber, type OfSubscriber } from '../operations/subscriber.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { moment } from '../terminal/moment.ts';
import { stateCell } from '../terminal/state-cell.ts';
import { facts, table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

export function lane(program: Command, terminal: Terminal): void {
  const command = program
    .command('lane')
    .description('one lane: who has its turn, until when, and who waits')
    .argument('<source>', 'its source, or SOURCE#ENTITY')
    .argument('[entity]', 'its entity')
    .action(async (first: string, second: string | undefined, options: TargetOptions & OfSubscriber) => {
      const { source, id } = nameOf(first, second);
      const client = await connect(options, terminal);
      const { value, json } = await client.ask('readLane', {
        named: { source, entity: id },
        query: { subscriber: options.subscriber },
      });
      if (options.json === true) return writeJson(json, terminal);
      terminal.write(describeLane(value, terminal) + nextCommands(whatNext(value), options, terminal));
    });
  withExamples(withTarget(withSubscriber(command)), 'lane billing cus_1', 'lane billing#cus_1 --json');
}

function describeLane(read: AnswerOf<'readLane'>, terminal: Terminal): string {
  const { turn, deadline, firstWaiting = [], waiting = 0 } = read;
  const known = facts(
    [
      ['lane', read.lane],
      ['state', stateCell(read.state)],
      ['means', laneStates[read.state]],
      ['turn', turn && `${turn.eventId} (${turn.state})`],
      ['until', deadline && moment(deadline, terminal.now())],
      ['waiting', waiting === 0 ? undefined : String(waiting)],
      ['next', read.next?.toString()],
      ['latest', read.latest],
      ['done', read.done?.join(', ')],
    ],
    terminal,
  );
  if (firstWaiting.length === 0) return known;
  const list = table(
    [
      { name: 'waiting', cell: ({ eventId }) => eventId },
      { name: 'type', cell: ({ type }) => type, spare: 2 },
      { name: 'number', cell: ({ sequence, version }) => sequence?.toString() ?? version, spare: 1 },
    ],
    firstWaiting,
    terminal,
  );
  const more = waiting > firstWaiting.length ? `and ${waiting - firstWaiting.length} more\n` : '';
  return `${known}\n${list}${more}`;
}

/** The event that the lane turns on: that which has the turn, else the first that waits. */
function whatNext({ lane, state, turn, firstWaiting = [] }: AnswerOf<'readLane'>): readonly NextCommand[] {
  const on = turn ?? firstWaiting[0];
  if (on === undefined) return [];
  const event = written({ source: nameOf(lane, undefined).source, id: on.eventId });
  return [
    { to: 'why, and what to do', words: ['event', event] },
    ...(state === 'held' ? [{ to: 'let the others go on', words: withReasonToSay('release', lane) }] : []),
    ...(state === 'stopped' ? [{ to: 'is its source paused?', words: ['sources'] }] : []),
  ];
}
