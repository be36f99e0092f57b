#!/usr/bin/env node
import { CommandError } from './command-error.ts';

const usage = `Usage: hooklane COMMAND   (in the checkout: npm run hooklane -- COMMAND)

  init DIR        a project of your own: a source, a handler with a table, a test, a stack
  start           the whole gateway on this machine
  send PRESET     signs a webhook as the provider does, and posts it
  sources         the presets: how each is verified, tested, tried

  COMMAND --help  its options
`;

const [command, ...args] = process.argv.slice(2);
try {
  await run(command, args);
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Each command is loaded when it is called: the presets' samples are of no use to `start`. */
async function run(name: string | undefined, rest: readonly string[]): Promise<void> {
  switch (name) {
    case 'init': {
      const { init } = await import('./commands/init.ts');
      process.stdout.write(init(rest));
      return;
    }
    case 'start': {
      const { start } = await import('./commands/start.ts');
      await start(rest);
      return;
    }
    case 'send': {
      const { send, sendUsage } = await import('./commands/send.ts');
      const isAsking = rest.includes('--help');
      process.stdout.write(isAsking ? sendUsage : await send(rest, { fetch, now: () => new Date() }));
      return;
    }
    case 'sources': {
      const { listSources } = await import('./commands/sources.ts');
      process.stdout.write(listSources());
      return;
    }
    case undefined:
    case 'help':
    case '--help':
      process.stdout.write(usage);
      return;
    default:
      throw new CommandError(`There is no command "${name}".\n\n${usage}`);
  }
}
