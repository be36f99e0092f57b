import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../functions/providers/catalog.ts';
import { exportedName, providerFolders, providerIndex } from '../../../scripts/provider-index.ts';

const current = providerIndex(providerFolders());

describe('the index of providers', () => {
  it.each(Object.keys(current))('%s is as `npm run providers` writes it from the folders', (file) => {
    const path = new URL(`../../../functions/providers/${file}`, import.meta.url);

    expect(readFileSync(path, 'utf8')).toBe(current[file]);
  });

  it('names a preset as its folder', () => {
    expect(catalog.map(({ facts }) => facts.name)).toEqual(providerFolders().map(({ name }) => name));
  });

  it.each(providerFolders())('$name has a test, which shows what every provider has to show', ({ name }) => {
    const test = new URL(`../../providers/${name}.test.ts`, import.meta.url);

    expect(readFileSync(test, 'utf8')).toContain(`\ntestProvider('${name}');\n`);
  });

  it('takes an example for a provider that alone can sign', () => {
    const { 'catalog.ts': text } = providerIndex([
      { name: 'cal-com', hasSample: true },
      { name: 'pay-pal', hasSample: false },
    ]);

    expect(text).toContain('  withSample(calCom.facts, calComHappenings, calComSample),\n');
    expect(text).toContain(
      '  { facts: payPal.facts, happenings: payPalHappenings, source: payPalExample },\n',
    );
    expect(exportedName('s3-events-2')).toBe('s3Events2');
  });
});
