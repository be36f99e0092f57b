import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const root = join(import.meta.dirname, '../..');
const folder = join(root, '.github/workflows');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8');

describe.each(readdirSync(folder))('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');

  it('runs scripts that there are', () => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script = '']) => script);

    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  it('stores no key: it asks for a token of its own, and for nothing else that writes', () => {
    expect(text).toContain('id-token: write');
    expect(text.match(/: write/g)).toHaveLength(1);
    expect(text).not.toContain('secrets.');
  });

  it('puts nothing that others write into a command', () => {
    const commands = [...text.matchAll(/run: (.*)/g)].map(([, command = '']) => command);

    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });

  it('is explained, with every variable and environment that it needs', () => {
    const needs = [...text.matchAll(/vars\.(\w+)|environment: (\w+)/g)].map(([, one, other]) => one ?? other);

    expect(page).toContain(name);
    for (const need of needs) expect(page).toContain(`\`${need}\``);
  });
});
