import type { Command } from 'commander';
import { withExamples } from '../examples.ts';
import type { ServeOptions } from '../starting/serve.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options {
  readonly config: string;
  readonly handlers?: string;
  readonly port: number;
  readonly data: string;
  readonly workers: number;
}

/** `hooklane start`, which is what `npm start` runs. */
export function start(program: Command, serve: (options: ServeOptions) => Promise<void> = servedHere): void {
  const command = program
    .command('start')
    .description('the whole gateway on this machine, until Ctrl-C')
    .option('--config <file>', 'another configuration', 'hooklane.config.ts')
    .option('--handlers <file>', 'other handlers (default: handlers/index.ts beside the configuration)')
    .option('--port <n>', 'of the gateway; 0 for any free one', wholeNumber(0, 65_535), 4700)
    .option('--data <dir>', 'where everything is kept', '.hooklane')
    .option('--workers <n>', 'most instances of the processor at a time, 1 to 64', wholeNumber(1, 64), 4)
    .action(async ({ config, handlers, port, data, workers }: Options) => {
      const handlersFile = handlers === undefined ? {} : { handlersFile: handlers };
      await serve({ configFile: config, ...handlersFile, port, dataFolder: data, workers });
    });
  withExamples(command, 'start --port 4700');
}

async function servedHere(options: ServeOptions): Promise<void> {
  const { serve } = await import('../starting/serve.ts');
  await serve(options);
}
