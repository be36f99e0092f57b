import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { run } from '../../cli/run.ts';
import { testTerminal } from '../support/test-terminal.ts';

const printedVerdicts = z.object({
  holds: z.boolean(),
  verdicts: z.array(z.object({ guarantee: z.string(), count: z.number(), broken: z.array(z.string()) })),
});

async function storm(...args: string[]) {
  const { terminal, printed } = testTerminal();
  const code = await run(['storm', '--kills', '0', ...args], terminal);
  return { code, ...printed };
}

test('a storm leaves every guarantee whole, and prints what it checked', async () => {
  const { code, output, errors } = await storm('--events', '40');

  expect([code, errors]).toEqual([0, '']);
  for (const guarantee of ['G1', 'G2', 'G3', 'G4', 'G5, G6', 'G7', 'G8', 'input']) {
    expect(output).toMatch(new RegExp(`^${guarantee} +.+ +[1-9]\\d* +yes$`, 'm'));
  }
  expect(output).toMatch(/Every guarantee holds, 40 events, \d+ s, seed 1\./);
}, 120_000);

test('a handler that leaves its effect outside the transaction breaks a guarantee: exit code 1', async () => {
  const handlers = join(import.meta.dirname, 'fixtures/broken-storm.handlers.ts');

  const { code, output } = await storm('--events', '40', '--handlers', handlers, '--json');

  expect(code).toBe(1);
  const { holds, verdicts } = printedVerdicts.parse(JSON.parse(output));
  expect(holds).toBe(false);
  expect(verdicts.filter(({ broken }) => broken.length > 0).map(({ guarantee }) => guarantee)).toEqual([
    'G5, G6',
  ]);
}, 120_000);
