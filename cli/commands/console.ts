import { once } from 'node:events';
import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import { findTarget, withTarget, type TargetOptions } from '../operations/target.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options extends TargetOptions {
  readonly port: number;
}

/** `hooklane console`: the console of a deployment, here, until Ctrl-C. */
export function webConsole(program: Command, terminal: Terminal): void {
  const command = program
    .command('console')
    .description('the web console of a deployment, with your own credentials, until Ctrl-C')
    .option('--port <n>', 'here; 0 for any free one', wholeNumber(0, 65_535), 4800)
    .action(async ({ port, ...options }: Options) => {
      const target = await findTarget(options);
      const { startConsoleProxy } = await import('../console/console-proxy.ts');
      const proxy = await startConsoleProxy(target, {
        port,
        now: () => terminal.now(),
        fetch: globalThis.fetch,
      });
      terminal.write(
        `The console of ${target.where}; whoever has this address acts as you, until Ctrl-C:\n  ${proxy.url}\n`,
      );
      if (!terminal.ended.aborted) await once(terminal.ended, 'abort');
      await proxy.close();
    });
  withExamples(withTarget(command), 'console --stack hooklane');
}
