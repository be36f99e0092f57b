/**
 * The sweeper under a clock that is as far ahead as a file says: what the sweeper leaves alone for five minutes or an hour need not be
 * waited for at the end. While there is no such file the clock is right.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'aws-lambda';

const file = join(process.env['SOAK_FOLDER'] ?? '', 'ahead-ms');
const RealDate = Date;
let aheadMs = 0;

// Class fields and statics of Date are not needed by the code under test.
class LaterDate extends RealDate {
  constructor(...args: [] | [number | string | Date]) {
    if (args.length === 0) super(RealDate.now() + aheadMs);
    else super(args[0]);
  }
  static override now(): number {
    return RealDate.now() + aheadMs;
  }
}
Object.defineProperty(globalThis, 'Date', { value: LaterDate });

const sweeper = await import('../../functions/sweeper/handler.ts');

export const handler = (event: unknown, context: Context) => {
  try {
    aheadMs = Number(readFileSync(file, 'utf8'));
  } catch {
    aheadMs = 0;
  }
  return sweeper.handler(event, { ...context, getRemainingTimeInMillis: () => 60_000 });
};
