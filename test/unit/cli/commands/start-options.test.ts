import { expect, test } from 'vitest';
import { readCommandLine } from '../../../../cli/commands/start-options.ts';
import { StartError } from '../../../../local/start-error.ts';

test('has a default for everything', () => {
  expect(readCommandLine([])).toEqual({
    configFile: 'hooklane.config.ts',
    port: 4700,
    dataFolder: '.hooklane',
    workers: 4,
    help: false,
  });
});

test('takes each option', () => {
  const args = ['--config', 'other.ts', '--port=0', '--data', '/data', '--workers', '2'];

  expect(readCommandLine(args)).toMatchObject({
    configFile: 'other.ts',
    port: 0,
    dataFolder: '/data',
    workers: 2,
  });
});

test.each([
  [['--prot', '1'], /--prot/],
  [['--port'], /--port/],
  [['--port', '70000'], /--port must be a whole number from 0 to 65535, not "70000"/],
  [['--workers', '0'], /--workers must be a whole number from 1 to 64/],
  [['--workers', '1.5'], /--workers/],
  [['start'], /start/],
])('says in one line what is wrong with %j', (args, message) => {
  expect(() => readCommandLine(args)).toThrow(StartError);
  expect(() => readCommandLine(args)).toThrow(message);
  expect(() => readCommandLine(args)).toThrow(/^[^\n]*$/);
});
