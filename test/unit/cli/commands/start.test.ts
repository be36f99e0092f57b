import { Command } from 'commander';
import { expect, test } from 'vitest';
import { start } from '../../../../cli/commands/start.ts';
import type { ServeOptions } from '../../../../cli/starting/serve.ts';
import { run } from '../../../../cli/run.ts';
import { testTerminal } from '../../../support/test-terminal.ts';

/** What would be served. */
async function served(...args: string[]): Promise<ServeOptions | undefined> {
  const asked: ServeOptions[] = [];
  const program = new Command();
  start(program, async (options) => void asked.push(options));
  await program.parseAsync(['start', ...args], { from: 'user' });
  return asked[0];
}

test('has a default for everything', async () => {
  expect(await served()).toEqual({
    configFile: 'hooklane.config.ts',
    port: 4700,
    dataFolder: '.hooklane',
    workers: 4,
  });
});

test('takes each option', async () => {
  const args = [
    '--config',
    'other.ts',
    '--handlers',
    'h.ts',
    '--port=0',
    '--data',
    '/data',
    '--workers',
    '2',
  ];

  expect(await served(...args)).toEqual({
    configFile: 'other.ts',
    handlersFile: 'h.ts',
    port: 0,
    dataFolder: '/data',
    workers: 2,
  });
});

test.each([
  [['--prot', '1'], /unknown option '--prot'/],
  [['--port'], /'--port <n>' argument missing/],
  [
    ['--port', '70000'],
    /'--port <n>' argument '70000' is invalid\. It must be a whole number from 0 to 65535/,
  ],
  [['--workers', '0'], /whole number from 1 to 64/],
  [['--workers', '1.5'], /--workers/],
  [['start'], /too many arguments/],
])('says what is wrong with %j, and starts nothing', async (args, message) => {
  const { terminal, printed } = testTerminal();

  expect(await run(['start', ...args], terminal)).toBe(2);

  expect(printed.errors).toMatch(message);
  expect(printed.output).toBe('');
});
