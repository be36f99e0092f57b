import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capacityReport, limitsTable } from '../../bench/capacity-report.ts';
import { checkedBlock } from './checked-block.ts';

const page = join(import.meta.dirname, '../../docs/limits.md');

it('docs/limits.md lists the limits that capacity is judged by', () => {
  const table = `\n${limitsTable({ lanes: 10_000, handlerMs: 100, maxConcurrency: 50 })}\n`;

  expect(checkedBlock(page, 'limits', table)).toBe(table);
});

describe('npm run capacity', () => {
  it('says of a small load that it is carried, and what a month of it costs', () => {
    const report = capacityReport({ rate: 1, lanes: 100, handlerMs: 100, maxConcurrency: 50 });

    expect(report).toContain(
      'Carried. The nearest limit is 357 events a second: processor.maxConcurrency 50.',
    );
    expect(report).toContain('A month: $20.1, ');
  });

  it('names lanes as the bottleneck where there are too few', () => {
    const report = capacityReport({ rate: 100, lanes: 5, handlerMs: 200, maxConcurrency: 50 });

    expect(report).toMatch(/bottleneck first:\n- 5 lanes, one event at a time each: 20\.83 events a second/);
  });

  it('names every quota that a large load exceeds, the bottleneck first', () => {
    const report = capacityReport({ rate: 10_000, lanes: 100_000, handlerMs: 200, maxConcurrency: 1000 });
    const named = report.split('\n').filter((line) => line.startsWith('- '));

    expect(
      named.map((line) => Number(/: ([\d,.]+) events a second/.exec(line)?.[1]?.replace(',', ''))),
    ).toEqual([800, 2000, 3774, 4000, 4167, 8000]);
  });
});
