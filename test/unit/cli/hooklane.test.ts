import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { run } from '../../../cli/run.ts';
import { testTerminal } from '../../support/test-terminal.ts';

const program = join(import.meta.dirname, '../../../cli/hooklane.ts');

it.each([[['--help']], [['send', '--help']], [['init', '--help']], [['start', '--help']]])(
  'prints how it is used, and ends well: %j',
  async (args) => {
    const { terminal, printed } = testTerminal();

    expect(await run(args, terminal)).toBe(0);

    expect(printed.output).toMatch(/^Usage: hooklane/);
    expect(printed.errors).toBe('');
  },
);

it.each([
  [['frobnicate'], /unknown command 'frobnicate'/],
  [['evnt'], /Did you mean event/],
  [['send'], /missing required argument 'preset'/],
  [['redrive', 'billing', 'evt_1'], /required option '-r, --reason <text>' not specified/],
  [['redrive', 'billing', 'evt_1', '--reason', ' '], /A reason says something/],
  [['redrive', 'billing', 'evt_1', '-r', 'x'.repeat(100_000)], /at most 500 characters, this one 100,000/],
  [['event', 'billing', '--url', 'http://127.0.0.1:9'], /names a source alone: give SOURCE ID/],
  [['event', 'billing#', '--url', 'http://127.0.0.1:9'], /names a source alone/],
  [['event', 'a', 'b', '--url', 'ftp://here'], /"ftp:\/\/here" is no http address/],
  [['event', 'a', 'b', '--data', '/nowhere'], /No local cloud is running in \/nowhere/],
])('complains of the command line, and ends with 2: %j', async (args, message) => {
  const { terminal, printed } = testTerminal();

  expect(await run(args, terminal)).toBe(2);

  expect(printed.errors).toMatch(message);
  expect(printed.output).toBe('');
});

it('complains in words, without a stack, as a process', async () => {
  const ended: unknown = await promisify(execFile)(process.execPath, [program, 'frobnicate']).catch(
    (error: unknown) => error,
  );

  const { code, stderr } = z.object({ code: z.number(), stderr: z.string() }).parse(ended);
  expect(code).toBe(2);
  expect(stderr).not.toMatch(/\n {4}at /);
});

it('prints its help where nothing is asked for, and ends well where its reader has gone', async () => {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();

  const [errors, exit] = await Promise.all([text(child.stderr), once(child, 'exit')]);

  expect([errors, exit[0]]).toEqual(['', 0]);
});
