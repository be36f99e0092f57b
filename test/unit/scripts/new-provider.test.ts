import { describe, expect, it } from 'vitest';
import * as prettier from 'prettier';
import { newProvider } from '../../../scripts/new-provider.ts';

describe('a new provider', () => {
  const files = newProvider('acme-mail');

  it('has a preset, a sample, what its ids are made of, and a test', () => {
    expect(Object.keys(files)).toEqual([
      'functions/providers/acme-mail/preset.ts',
      'functions/providers/acme-mail/sample.ts',
      'functions/providers/acme-mail/happenings.ts',
      'test/providers/acme-mail.test.ts',
    ]);
    expect(files['functions/providers/acme-mail/preset.ts']).toContain(
      'export const acmeMail = preset<AcmeMailEvent>(',
    );
  });

  it.each(Object.entries(files))('%s is formatted', async (file, text) => {
    const options = await prettier.resolveConfig(new URL(`../../../${file}`, import.meta.url).pathname);

    expect(await prettier.format(text, { ...options, parser: 'typescript' })).toBe(text);
  });
});
