import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { meanings } from '../../src/words/attention-reason.ts';

it('knows each reason of the attention list that the runbook has a section for', () => {
  const runbook = readFileSync(`${import.meta.dirname}/../../../docs/runbook.md`, 'utf8');
  const [, list = ''] = /\n## [^\n]*attention list[^\n]*\n(.*?)\n## /is.exec(runbook) ?? [];
  const sections = [...list.matchAll(/^### ([a-z-]+)$/gm)].map(([, name]) => name);

  expect(sections.length).toBeGreaterThan(5);
  expect(Object.keys(meanings).sort()).toEqual(sections.sort());
});
