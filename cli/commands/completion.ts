import { Argument, type Command } from 'commander';
import { wrongUsage } from '../command-error.ts';
import { complete, completionScript, shells } from '../completion/complete.ts';
import { withExamples } from '../examples.ts';
import { localEndpoints } from '../operations/local-cloud.ts';
import { usualDataFolder } from '../operations/target.ts';
import type { Terminal } from '../terminal/terminal.ts';

export function completion(program: Command, terminal: Terminal): void {
  const command = program
    .command('completion')
    .description('completion for your shell: eval "$(hooklane completion bash)"')
    // It takes one word more, which the scripts ask by.
    .addArgument(new Argument('<shell>', 'yours').choices(shells).argParser(String))
    .argument('[words...]')
    .action((name: string, words: readonly string[]) => {
      // What the scripts ask for with each press of the tabulator.
      if (name === 'words') {
        return terminal.write(
          complete(program, words, sourcesNear(words))
            .map((word) => `${word}\n`)
            .join(''),
        );
      }
      const shell = shells.find((one) => one === name);
      if (shell === undefined)
        throw wrongUsage(`There is completion for bash, zsh and fish, not for "${name}".`);
      terminal.write(completionScript[shell]);
    });
  withExamples(command, 'completion bash');
}

/** Of the local cloud that the command line is about. A deployed stack would have to be asked, which takes too long for a key. */
function sourcesNear(words: readonly string[]): readonly string[] {
  const isDeployed =
    words.some((word) => word === '--stack' || word === '--url') ||
    [process.env['HOOKLANE_STACK'], process.env['HOOKLANE_URL']].some((value) => value);
  if (isDeployed) return [];
  const folderAt = words.indexOf('--data') + 1;
  return localEndpoints((folderAt > 0 ? words[folderAt] : undefined) ?? usualDataFolder)?.sources ?? [];
}
