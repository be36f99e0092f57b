import { expect, it } from 'vitest';
import { rejectionLog } from '../../../functions/ingest/rejection-log.ts';
import type { Rejection } from '../../../functions/ledger/rejection.ts';
import { recordingLog } from '../../support/recording-log.ts';

const start = new Date('2026-11-24T10:00:30Z');

const rejection = (requestId: string, cause = 'wrong-signature'): Rejection => ({
  source: 'acme',
  at: start,
  requestId,
  cause,
  status: 401,
  bodySha256: 'aa',
  bodyBytes: 2,
  ip: '192.0.2.1',
});

function setUp(reject?: (rejection: Rejection) => Promise<void>) {
  const written: Rejection[] = [];
  const { log, lines } = recordingLog();
  let now = start;
  const keep = async (one: Rejection) => void written.push(one);
  const ledger = { reject: reject ?? keep };
  const rejections = rejectionLog({ ledger, now: () => now, log, perMinute: 2, patienceMs: 50 });
  return { rejections, written, lines, passMinute: () => (now = new Date(now.getTime() + 60_000)) };
}

it('writes each refusal of a quiet minute', async () => {
  const { rejections, written } = setUp();

  await rejections.record(rejection('r1'));
  await rejections.record(rejection('r2'));

  expect(written).toEqual([rejection('r1'), rejection('r2')]);
});

it('rolls a flood up by source and cause, and writes it once its minute is over', async () => {
  const { rejections, written, passMinute } = setUp();
  for (const id of ['r1', 'r2', 'r3', 'r4', 'r5']) await rejections.record(rejection(id));
  await rejections.record(rejection('r6', 'empty-body'));
  await rejections.flush();
  const inItsMinute = written.length;

  passMinute();
  await rejections.flush();

  // The third refusal is the first beyond the two; the fourth doubles it; the fifth waits for the end of the minute.
  expect(written.slice(2, inItsMinute)).toEqual([
    { ...rejection('r3'), count: 1 },
    { ...rejection('r4'), count: 1 },
    { ...rejection('r6', 'empty-body'), count: 1 },
  ]);
  expect(written.slice(inItsMinute)).toEqual([{ ...rejection('r5'), count: 1 }]);
});

it('writes few items of a flood, and loses fewer than half of it where its process is never heard of again', async () => {
  const { rejections, written } = setUp();

  for (let n = 0; n < 2 + 1000; n++) await rejections.record(rejection(`r${n}`));

  expect(written).toHaveLength(2 + 10);
  expect(written.slice(2).reduce((sum, { count = 0 }) => sum + count, 0)).toBe(512);
});

it('writes what was rolled up at the next refusal too, and counts anew', async () => {
  const { rejections, written, passMinute } = setUp();
  for (const id of ['r1', 'r2', 'r3']) await rejections.record(rejection(id));

  passMinute();
  await rejections.record(rejection('r4'));

  expect(written.map(({ requestId }) => requestId).sort()).toEqual(['r1', 'r2', 'r3', 'r4']);
});

it('does not let a refusal wait for a ledger that hangs', async () => {
  const { rejections } = setUp(() => new Promise(() => undefined));
  const begin = performance.now();

  await rejections.record(rejection('r1'));

  expect(performance.now() - begin).toBeLessThan(1000);
});

it('logs a refusal that the ledger does not take, and goes on', async () => {
  const { rejections, lines } = setUp(() => Promise.reject(new Error('down')));

  await rejections.record(rejection('r1'));

  expect(lines).toEqual([
    {
      level: 'error',
      message: 'a refusal could not be written to the ledger',
      source: 'acme',
      cause: 'wrong-signature',
      requestId: 'r1',
      count: 1,
      reason: 'Error: down',
    },
  ]);
});
