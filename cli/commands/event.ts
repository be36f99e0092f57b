import type { Command } from 'commander';
import { operatorMay } from '../../functions/ledger/transitions.ts';
import { eventStates } from '../../functions/ops/meanings.ts';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { nextCommands, withReasonToSay, type NextCommand } from '../operations/next-commands.ts';
import { nameOf, written } from '../operations/name-of.ts';
import { withSubscriber, type OfSubscriber } from '../operations/subscriber.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import { moment } from '../terminal/moment.ts';
import { stateCell } from '../terminal/state-cell.ts';
import { facts, table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';
import { repairNames, type RepairName } from './repairs.ts';

export function event(program: Command, terminal: Terminal): void {
  const command = program
    .command('event')
    .description('one event: its state, and why')
    .argument('<source>', 'its source, or SOURCE#ID')
    .argument('[id]', 'its id')
    .action(async (first: string, second: string | undefined, options: TargetOptions & OfSubscriber) => {
      const name = nameOf(first, second);
      const client = await connect(options, terminal);
      const { value, json } = await client.ask('readEvent', {
        named: { source: name.source, eventId: name.id },
        query: { subscriber: options.subscriber },
      });
      if (options.json === true) return writeJson(json, terminal);
      terminal.write(describeEvent(value, options, terminal));
    });
  withExamples(
    withTarget(withSubscriber(command)),
    'event billing evt_1',
    'event github evt_9 --subscriber crm',
    'event billing#evt_1 --json',
  );
}

/** All that is known of an event, and what may be done with it. */
function describeEvent(read: AnswerOf<'readEvent'>, options: TargetOptions, terminal: Terminal): string {
  const at = (time: Date | undefined) => time && moment(time, terminal.now());
  const { source, eventId, subscriberOf, lane, state, lastError } = read;
  const known = facts(
    [
      ['event', written({ source, id: eventId })],
      ['handed on by', subscriberOf && written({ source: subscriberOf, id: eventId })],
      ['state', stateCell(state)],
      ['means', eventStates[state]],
      ['why', read.reason],
      ['type', read.type],
      ['lane', lane],
      ['attempts', String(read.attempts)],
      ['duplicates', read.duplicates === 0 ? undefined : String(read.duplicates)],
      ['accepted', at(read.acceptedAt)],
      ['changed', at(read.changedAt)],
      ['next try', at(read.nextAt)],
      ['lease until', at(read.leaseUntil)],
      ['last error', lastError && `${lastError.name}: ${lastError.message}`],
      ['result', read.result === undefined ? undefined : JSON.stringify(read.result)],
      ['lacks', read.lacks?.join(', ')],
      ['generation', read.generation === 0 ? undefined : String(read.generation)],
      ['replay', read.replay === 0 ? undefined : String(read.replay)],
      ['sender', read.sender],
      ['correlation', read.correlationId],
      [
        'body',
        read.bodyBytes === undefined ? undefined : `${read.bodyBytes} bytes, sha256 ${read.bodySha256 ?? ''}`,
      ],
      ['kept until', at(read.expiresAt)],
    ],
    terminal,
  );
  return (
    known + subscribersOf(read, terminal) + nextCommands(whatNext(read, terminal.now()), options, terminal)
  );
}

function subscribersOf({ subscribers = [] }: AnswerOf<'readEvent'>, terminal: Terminal): string {
  if (subscribers.length === 0) return '';
  const list = table(
    [
      { name: 'subscriber', cell: ({ name }) => name },
      { name: 'state', cell: ({ state }) => stateCell(state) },
      { name: 'attempts', cell: ({ attempts }) => String(attempts), spare: 2 },
      { name: 'why', cell: ({ reason }) => reason, spare: 1 },
    ],
    subscribers,
    terminal,
  );
  return `\n${list}`;
}

/** The API has the last word. */
function whatNext(read: AnswerOf<'readEvent'>, now: Date): readonly NextCommand[] {
  const { source, eventId, lane, state, expiresAt } = read;
  const event = written({ source, id: eventId });
  const isKept = expiresAt !== undefined && expiresAt > now;
  return [
    { to: 'its whole story', words: ['audit', event] },
    ...(lane === undefined ? [] : [{ to: 'its lane, who waits', words: ['lane', lane] }]),
    ...repairNames
      .filter((name) => operatorMay[name](state) && (isKept || !runsIt(name)))
      .map((name) => ({ to: repairs[name], words: withReasonToSay(name, event) })),
  ];
}

const runsIt = (name: RepairName): boolean => name === 'redrive' || name === 'replay';

const repairs: Readonly<Record<RepairName, string>> = {
  redrive: 'run it again, now',
  replay: 'run it once more',
  resolve: 'close it, done by hand',
  discard: 'give it up for good',
};
