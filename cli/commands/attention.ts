import type { Command } from 'commander';
import { attentionReasons } from '../../functions/ops/meanings.ts';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import { nextCommands, withReasonToSay, type NextCommand } from '../operations/next-commands.ts';
import { moment } from '../terminal/moment.ts';
import { table, wrapped } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

export function attention(program: Command, terminal: Terminal): void {
  const command = program
    .command('attention')
    .description('what needs somebody, and why; newest first')
    .option('--source <name>', 'of a source')
    .action(async (options: TargetOptions & { readonly source?: string }) => {
      const client = await connect(options, terminal);
      const { value, json } = await client.ask('listAttention', { query: { source: options.source } });
      if (options.json === true) return writeJson(json, terminal);
      if (value.items.length === 0) return terminal.write('Nothing needs anybody.\n');
      terminal.write(
        table(
          [
            {
              name: 'event',
              cell: ({ source, eventId }) => (eventId === undefined ? source : `${source}#${eventId}`),
            },
            { name: 'why', cell: ({ reason }) => ({ text: reason, colour: 'red' }) },
            { name: 'lane', cell: ({ lane }) => lane, spare: 1 },
            { name: 'since', cell: ({ at }) => at && moment(at, terminal.now()), spare: 2 },
          ],
          value.items,
          terminal,
        ),
      );
      if (value.more) terminal.write('There are others; they come up as these are repaired.\n');
      terminal.write(whatNext(value.items, options, terminal));
    });
  withExamples(withTarget(command), 'attention', 'attention --source billing --json');
}

type Item = AnswerOf<'listAttention'>['items'][number];

/** What each reason means, and where to go on with the newest item that has it. */
function whatNext(items: readonly Item[], options: TargetOptions, terminal: Terminal): string {
  const newest = [...new Map(items.toReversed().map((item) => [item.reason, item])).values()].reverse();
  const meanings = newest.flatMap(({ reason }) =>
    wrapped(`${reason}: ${attentionReasons[reason] ?? 'see the runbook.'}`, terminal.columns ?? Infinity),
  );
  const commands = nextCommands(newest.flatMap(commandOf), options, terminal);
  return `\n${meanings.map((line) => `${line}\n`).join('')}${commands}`;
}

function commandOf({ source, eventId, reason }: Item): readonly NextCommand[] {
  if (eventId !== undefined) return [{ to: 'why, and what to do', words: ['event', `${source}#${eventId}`] }];
  if (reason === 'paused') return [{ to: 'let it go on', words: withReasonToSay('resume', source) }];
  if (reason === 'breaker')
    return [
      { to: 'how its attempts ended', words: ['events', '--source', source] },
      { to: 'try it again, now', words: withReasonToSay('reset', source) },
    ];
  return [{ to: 'is the gateway well?', words: ['doctor'] }];
}
