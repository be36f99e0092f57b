import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError } from '../command-error.ts';
import { packageVersion } from '../../local/package-version.ts';

const usage = `Usage: hooklane init DIR [options]

  Writes a project: a source, a handler with a table of its own, a test, a stack. DIR is made, or empty.

  --package SPEC   the package to install (default the version of this command, ^${packageVersion})
`;

const template = join(import.meta.dirname, '../template');

/** Names under which npm would not publish a file, or would take it for its own. */
const renamed: Readonly<Record<string, string>> = {
  gitignore: '.gitignore',
  'package.template.json': 'package.json',
};

/** Writes the project and returns what to do next. Throws `CommandError` where the folder holds anything. */
export function init(args: readonly string[]): string {
  const { folder, spec, help } = readArguments(args);
  if (help) return usage;
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

function readArguments(args: readonly string[]) {
  const read = () => {
    try {
      return parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          package: { type: 'string', default: `^${packageVersion}` },
          help: { type: 'boolean', default: false },
        },
      });
    } catch (error) {
      throw new CommandError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    }
  };
  const { positionals, values } = read();
  const [folder, ...more] = positionals;
  if (!values.help && (folder === undefined || more.length > 0)) throw new CommandError(usage);
  return { folder: resolve(folder ?? '.'), spec: values.package, help: values.help };
}

/** Of the package and of the stack: what npm and CloudFormation both take. */
function nameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
  return name === '' ? 'webhooks' : name;
}
