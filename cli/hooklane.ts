#!/usr/bin/env node
import { CommandError } from './command-error.ts';
import { send, sendUsage } from './commands/send.ts';
import { listSources } from './commands/sources.ts';

const usage = `Usage: npm run hooklane -- COMMAND

${sendUsage}
  sources                     the presets: how each is verified, tested, tried
`;

const [command, ...args] = process.argv.slice(2);
try {
  process.stdout.write(await run(command, args));
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(name: string | undefined, rest: readonly string[]): Promise<string> {
  if (rest.includes('--help')) return usage;
  switch (name) {
    case 'send':
      return await send(rest, { fetch, now: () => new Date() });
    case 'sources':
      return listSources();
    case undefined:
    case 'help':
    case '--help':
      return usage;
    default:
      throw new CommandError(`There is no command "${name}".\n\n${usage}`);
  }
}
