import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, '../../../cli/hooklane.ts');
const run = async (...args: string[]) => await promisify(execFile)(process.execPath, [program, ...args]);

it('prints how it is used, and ends well', async () => {
  const { stdout } = await run();

  expect(stdout).toMatch(/^Usage: npm run hooklane -- COMMAND/);
});

it.each([
  [['frobnicate'], /^There is no command "frobnicate"\./],
  [['send'], /^Name one preset\./],
])('complains in words, without a stack, and ends badly: %j', async (args, message) => {
  const ended = await run(...args).catch((error: unknown) => error);

  expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
  expect(ended).toMatchObject({ stderr: expect.not.stringMatching(/\n {4}at /) });
});
