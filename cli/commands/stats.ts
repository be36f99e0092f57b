import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { connect } from '../operations/connect.ts';
import { withTarget, type TargetOptions } from '../operations/target.ts';
import { facts, table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from '../whole-number.ts';

export function stats(program: Command, terminal: Terminal): void {
  const command = program
    .command('stats')
    .description('counts, rates, latencies and lag of the last minutes, by source')
    .option('--minutes <n>', 'how many, 1 to 60', wholeNumber(1, 60), 15)
    .option('--source <name>', 'of one source')
    .action(async (options: TargetOptions & { readonly minutes: number; readonly source?: string }) => {
      const { minutes, source } = options;
      const client = await connect(options, terminal);
      const { value, json } = await client.ask('readStats', { query: { minutes, source } });
      if (options.json === true) return writeJson(json, terminal);
      const total = (counts: Readonly<Record<string, number>>) =>
        Object.values(counts).reduce((sum, count) => sum + count, 0);
      terminal.write(
        table(
          [
            { name: 'source', cell: (one) => one.source },
            { name: 'events', cell: (one) => String(one.accepted) },
            { name: 'a minute', cell: (one) => one.perMinute.toFixed(1), spare: 3 },
            { name: 'refused', cell: (one) => String(total(one.refused)), spare: 4 },
            {
              name: 'done after (p50, p95)',
              cell: ({ finishedAfterMs: after }) =>
                after && `${Math.round(after.p50)}, ${Math.round(after.p95)} ms`,
              spare: 2,
            },
            { name: 'lag', cell: (one) => `${Math.round(one.lagSeconds)} s`, spare: 1 },
            {
              name: 'attention',
              cell: ({ attention }) =>
                attention === 0 ? { text: '0' } : { text: String(attention), colour: 'red' },
            },
          ],
          value.sources,
          terminal,
        ),
      );
      if (value.unfinished)
        terminal.write(`Not counted, since the answer took too long: ${value.unfinished.join(', ')}\n`);
      const queue = ({ visible, inFlight, delayed }: typeof value.laneQueue) =>
        `${visible} visible, ${inFlight} in flight, ${delayed} delayed`;
      terminal.write(
        `\n${facts(
          [
            ['lane queue', queue(value.laneQueue)],
            ['dead letters', queue(value.deadLetters)],
          ],
          terminal,
        )}`,
      );
    });
  withExamples(withTarget(command), 'stats', 'stats --minutes 5 --json');
}
