import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodes } from '../../cli/exit-codes.ts';
import { hooklane } from '../../cli/program.ts';
import { testTerminal } from '../support/test-terminal.ts';
import { checkedBlock } from './checked-block.ts';
import { drawCli } from './draw-cli.ts';

const docs = join(import.meta.dirname, '../../docs');
const program = hooklane(testTerminal({ columns: 100 }).terminal);

test('the page has the help of every command (UPDATE_DOCS=1 writes it)', () => {
  const drawing = drawCli(program);

  expect(checkedBlock(join(docs, 'cli.md'), 'commands', drawing)).toBe(drawing);
});

test('the page says what each exit code means', () => {
  const text = readFileSync(join(docs, 'cli.md'), 'utf8');

  expect([...text.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))).toEqual(
    Object.values(exitCodes),
  );
});

test.each(['../README.md', 'runbook.md', 'cli.md', 'sources.md', 'guarantees.md'])(
  '%s names no command that there is not',
  (file) => {
    const text = readFileSync(join(docs, file), 'utf8');
    const named = [...text.matchAll(/^ {4}(?:npx )?(?:npm run )?hooklane (?:-- )?([a-z]+)/gm)].map(
      ([, name]) => name,
    );

    const known = program.commands.map((command) => command.name());
    expect(named.filter((name) => name !== undefined && !known.includes(name))).toEqual([]);
  },
);
