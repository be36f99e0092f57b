import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { packageVersion } from '../../functions/config/package-version.ts';
import { CommandError } from '../command-error.ts';
import { withExamples } from '../examples.ts';
import type { Terminal } from '../terminal/terminal.ts';

export function init(program: Command, terminal: Terminal): void {
  const command = program
    .command('init')
    .description('a project of your own: a source, a handler with a table, a test, a stack')
    .argument('<dir>', 'is made, or empty')
    .option('--package <spec>', 'the package to install', `^${packageVersion}`)
    .action((dir: string, options: { readonly package: string }) => {
      terminal.write(writeProject(resolve(dir), options.package));
    });
  withExamples(command, 'init shop');
}

const template = join(import.meta.dirname, '../template');

/** Names under which npm would not publish a file, or would take it for its own. */
const renamed: Readonly<Record<string, string>> = {
  gitignore: '.gitignore',
  'package.template.json': 'package.json',
};

/** Writes the project and returns what to do next. Throws `CommandError` where the folder holds anything. */
function writeProject(folder: string, spec: string): string {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CommandError(`${folder} is not empty: nothing was written.`);
  }
  const name = nameOf(folder);
  for (const entry of readdirSync(template, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(folder, dirname(from).slice(template.length), renamed[entry.name] ?? entry.name);
    const text = readFileSync(from, 'utf8').replaceAll('{{name}}', name).replaceAll('{{hooklane}}', spec);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  }
  return `${folder} is ready:\n\n    cd ${folder}\n    npm install && npm start\n    npx hooklane send github   # in another terminal\n`;
}

/** Of the package and of the stack: what npm and CloudFormation both take. */
function nameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name === '' ? 'webhooks' : name;
}
