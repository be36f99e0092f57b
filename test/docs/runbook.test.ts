import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FailureCause } from '../../functions/ledger/entry.ts';

const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

/** A new cause does not compile until it stands here. */
const reasons: Readonly<
  Record<FailureCause | 'quarantined' | 'sweeper-late' | 'unreadable-item' | 'paused' | 'breaker', true>
> = {
  'attempts-exhausted': true,
  'permanent-error': true,
  'at-most-once': true,
  'body-expired': true,
  'lease-expired': true,
  gap: true,
  quarantined: true,
  'sweeper-late': true,
  'unreadable-item': true,
  paused: true,
  breaker: true,
};

test.each(Object.keys(reasons))('the runbook says what to do about %s', (reason) => {
  expect(runbook).toContain(`\n### ${reason}\n`);
});
