/** `npm run capacity -- --rate 100 --lanes 1000 --handler-ms 200`: where that load ends, what to raise for it, and what a month of it costs. */
import { parseArgs } from 'node:util';
import { capacityReport } from './capacity-report.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { rate: text, lanes: text, 'handler-ms': text, concurrency: text },
});

function positive(name: keyof typeof values, otherwise?: number): number {
  const given = values[name];
  const value = given === undefined ? otherwise : Number(given);
  if (value !== undefined && Number.isFinite(value) && value > 0) return value;
  console.error(`--${name} wants a number above 0`);
  process.exit(1);
}

console.log(
  capacityReport({
    rate: positive('rate'),
    lanes: positive('lanes'),
    handlerMs: positive('handler-ms'),
    maxConcurrency: positive('concurrency', 50),
  }),
);
