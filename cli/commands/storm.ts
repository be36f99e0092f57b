import type { Command } from 'commander';
import { Option } from 'commander';
import { Ended } from '../command-error.ts';
import { withExamples } from '../examples.ts';
import { exitCodes } from '../exit-codes.ts';
import type { StormOptions } from '../storm/run-storm.ts';
import { startProgress } from '../terminal/progress.ts';
import { table } from '../terminal/table.ts';
import { writeJson, type Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options extends Omit<StormOptions, 'timeoutSeconds' | 'handlersFile'> {
  readonly timeout: number;
  readonly handlers?: string;
  readonly json?: boolean;
}

export function storm(program: Command, terminal: Terminal): void {
  const command = program
    .command('storm')
    .description(
      'blow duplicates, disorder, bad input and failures upon a gateway that it starts and throws away; check the guarantees',
    )
    .option('--events <n>', 'how many', wholeNumber(20, 100_000), 200)
    .option('--kills <n>', 'how often a process is killed while it works', wholeNumber(0, 1000), 2)
    .option('--seed <n>', 'another storm', wholeNumber(0, 2 ** 31), 1)
    .option('--timeout <seconds>', 'until everything has come to rest', wholeNumber(1, 86_400), 300)
    .addOption(new Option('--handlers <file>', 'other handlers of the storm').hideHelp())
    .option('--json', 'as JSON')
    .action(async ({ timeout, handlers, json, ...options }: Options) => {
      const { runStorm } = await import('../storm/run-storm.ts');
      const progress = startProgress(terminal);
      const startedAt = terminal.now().getTime();
      const verdicts = await runStorm(
        { ...options, timeoutSeconds: timeout, handlersFile: handlers },
        progress,
      ).finally(() => progress.end());
      const seconds = Math.round((terminal.now().getTime() - startedAt) / 1000);
      const holds = verdicts.every(({ broken }) => broken.length === 0);
      if (json === true) writeJson({ holds, seconds, seed: options.seed, verdicts }, terminal);
      else {
        const result = holds ? 'Every guarantee holds' : 'A GUARANTEE IS BROKEN';
        terminal.write(
          `${table(
            [
              { name: '', cell: ({ guarantee }) => guarantee },
              { name: 'checked', cell: ({ checked }) => checked },
              { name: 'count', cell: ({ count }) => String(count) },
              {
                name: 'holds',
                cell: ({ broken }) =>
                  broken.length === 0
                    ? { text: 'yes', colour: 'green' }
                    : { text: `NO: ${broken.length}, such as ${broken[0] ?? ''}`, colour: 'red' },
              },
            ],
            verdicts,
            terminal,
          )}\n${result}, ${options.events} events, ${seconds} s, seed ${options.seed}.\n`,
        );
      }
      if (!holds) throw new Ended(exitCodes.failed);
    });
  withExamples(command, 'storm --events 40 --kills 0');
}
