import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attentionReasons } from '../../functions/ops/meanings.ts';

const runbook = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

test('the runbook says what to do about each reason of the attention list, and about no other', () => {
  const [, list = ''] = /\n## The attention list\n(.*?)\n## /s.exec(runbook) ?? [];
  const sections = [...list.matchAll(/^### (\S+)$/gm)].map(([, name]) => name);

  expect(sections.sort()).toEqual(Object.keys(attentionReasons).sort());
});
