/**
 * The sweeper under a clock that is as far ahead as a file says: what the sweeper leaves alone for five minutes or an hour need not be
 * waited for at the end. While there is no such file the clock is right.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';
import { makeClockLate } from '../support/late-clock.ts';

const file = join(process.env['SOAK_FOLDER'] ?? '', 'ahead-ms');
let aheadMs = 0;
makeClockLate(() => aheadMs);
const sweeper = await import('../../functions/sweeper/handler.ts');

export const handler = (event: unknown, context: Context) => {
  try {
    aheadMs = Number(readFileSync(file, 'utf8'));
  } catch {
    aheadMs = 0;
  }
  return sweeper.handler(event, { ...context, getRemainingTimeInMillis: () => 60_000 });
};
