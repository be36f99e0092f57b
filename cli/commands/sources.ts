import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import type { AnswerOf } from '../operations/known-operations.ts';
import { nextCommands, withReasonToSay } from '../operations/next-commands.ts';
import { goOn } from '../operations/paging.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { relative } from '../terminal/moment.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';

type Source = AnswerOf<'listSources'>['items'][number];

/** There is none, or none that was found in time; a subscriber is sent nothing that could be refused. */
function absent({ unfinished = [], subscriberOf }: Source, what: (typeof unfinished)[number]) {
  if (unfinished.includes(what)) return 'not found in time';
  return subscriberOf !== undefined && what !== 'lastEvent' ? undefined : 'none';
}

export function sources(program: Command, terminal: Terminal): void {
  const command = program
    .command('sources')
    .description('the sources of a gateway: secret, pause, last event, last refusal')
    .option('--cursor <text>', 'go on where the page before ended')
    .action(async (options: TargetOptions & { readonly cursor?: string }) => {
      const client = await connect(options, terminal);
      const { value, json } = await client.ask('listSources', { query: { cursor: options.cursor } });
      if (options.json === true) return writeJson(json, terminal);
      const ago = (at: Date) => relative(at, terminal.now());
      terminal.write(
        table(
          [
            { name: 'source', cell: (one) => one.source },
            {
              name: 'secret',
              cell: ({ secret }) => {
                if (secret === undefined) return 'none needed';
                return secret.isPresent
                  ? { text: 'there', colour: 'green' }
                  : { text: 'MISSING', colour: 'red' };
              },
            },
            {
              name: 'paused',
              cell: ({ paused }) =>
                paused && { text: `${ago(paused.since)}: ${paused.reason}`, colour: 'yellow' },
            },
            {
              name: 'last event',
              cell: (one) => (one.lastEvent ? ago(one.lastEvent.acceptedAt) : absent(one, 'lastEvent')),
              spare: 1,
            },
            {
              name: 'last refusal',
              cell: (one) => {
                const { lastRefusal: last } = one;
                return last ? `${last.cause}, ${ago(last.at)}` : absent(one, 'lastRefusal');
              },
              spare: 2,
            },
            {
              name: 'handshake',
              cell: (one) => (one.lastHandshake ? ago(one.lastHandshake) : absent(one, 'lastHandshake')),
              spare: 4,
            },
            { name: 'on failure', cell: ({ onExhausted }) => onExhausted, spare: 5 },
            { name: 'path', cell: ({ path }) => path, spare: 3 },
          ],
          value.items,
          terminal,
        ),
      );
      terminal.write(goOn(value.cursor));
      const next = value.items.flatMap(({ source, paused }) =>
        paused ? [{ to: `let ${source} go on`, words: withReasonToSay('resume', source) }] : [],
      );
      terminal.write(nextCommands(next, options, terminal));
    });
  withExamples(withTarget(command), 'sources', 'sources --json');
}
