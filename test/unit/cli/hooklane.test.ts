import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import * as z from 'zod';

const program = join(import.meta.dirname, '../../../cli/hooklane.ts');
const run = async (...args: string[]) => await promisify(execFile)(process.execPath, [program, ...args]);

const Ended = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

it.each([[[]], [['--help']], [['send', '--help']], [['init', '--help']], [['start', '--help']]])(
  'prints how it is used, and ends well: %j',
  async (args) => {
    const { stdout } = await run(...args);

    expect(stdout).toMatch(/^Usage: hooklane (COMMAND|send|init|start)/);
  },
);

it.each([
  [['frobnicate'], /^There is no command "frobnicate"\./],
  [['send'], /^Name one preset\./],
])('complains in words, without a stack, and ends badly: %j', async (args, message) => {
  const ended: unknown = await run(...args).catch((error: unknown) => error);

  const { code, stdout, stderr } = Ended.parse(ended);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n {4}at /);
});
