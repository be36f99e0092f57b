import { Argument, type Command } from 'commander';
import { withExamples } from '../examples.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import { connect } from '../operations/connect.ts';
import { nextCommands, withReasonToSay, type NextCommand } from '../operations/next-commands.ts';
import { withReason, type Reasoned } from '../operations/reason.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { moment } from '../terminal/moment.ts';
import { progressLine } from '../terminal/progress.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from '../whole-number.ts';

/** The dead-letter queue and its own move task: `show`, `move`, `cancel`. */
export function dlq(program: Command, terminal: Terminal): void {
  const command = program
    .command('dlq')
    .description('the dead-letter queue: how much is in it, what is moved back')
    .addArgument(new Argument('[what]', 'what is done').choices(['show', 'move', 'cancel']).default('show'))
    .option('--rate <n>', 'of a move: the most a second, 1 to 500', wholeNumber(1, 500));
  withReason(command, 'optional').action(
    async (
      what: 'show' | 'move' | 'cancel',
      options: TargetOptions & Partial<Reasoned> & { readonly rate?: number },
    ) => {
      const { reason, rate } = options;
      if (what !== 'show' && reason === undefined) {
        command.error(`error: dlq ${what} says why: --reason TEXT`);
      }
      const client = await connect(options, terminal);
      const ask = async () => {
        if (what === 'show') return await client.ask('readDeadLetters');
        if (what === 'cancel') return await client.ask('cancelMove', { body: { reason } });
        return await client.ask('moveDeadLetters', { body: { reason, maxPerSecond: rate } });
      };
      const { value, json } = await ask();
      if (options.json === true) return writeJson(json, terminal);
      terminal.write(describe(value, terminal) + nextCommands(whatNext(value), options, terminal));
    },
  );
  withExamples(withTarget(command), 'dlq', 'dlq show --json');
}

const whatNext = ({ queue }: AnswerOf<'readDeadLetters'>): readonly NextCommand[] =>
  queue.visible === 0
    ? []
    : [
        { to: 'what failed, and why', words: ['attention'] },
        { to: 'run all of it again', words: withReasonToSay('dlq', 'move') },
      ];

function describe({ queue, moves }: AnswerOf<'readDeadLetters'>, terminal: Terminal): string {
  const depth = `${queue.visible} dead letters, ${queue.inFlight} in flight.\n`;
  if (moves.length === 0) return depth;
  const list = table(
    [
      { name: 'move', cell: (one) => one.status },
      { name: 'moved', cell: (one) => progressLine('letters', one.moved, one.toMove) },
      { name: 'started', cell: ({ startedAt }) => startedAt && moment(startedAt, terminal.now()), spare: 1 },
      { name: 'why it failed', cell: (one) => one.failure, spare: 2 },
    ],
    moves,
    terminal,
  );
  return `${depth}\n${list}`;
}
