import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faults } from './faults.ts';
import { transitionFaults } from './transition-faults.ts';
import { versionFaults } from './version-faults.ts';

const all = [...faults, ...transitionFaults, ...versionFaults];

test.each(all)('the planted fault $name fits the code', ({ patches }) => {
  for (const { file, find } of patches) {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect({ file, find, occurs: source.split(find).length - 1 }).toEqual({ file, find, occurs: 1 });
  }
});
