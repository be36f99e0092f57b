import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { catalog } from '../../functions/providers/catalog.ts';
import * as publicInterface from '../../functions/index.ts';
import { drawPresets } from './draw-presets.ts';

const file = join(import.meta.dirname, '../../docs/sources.md');
const block =
  /(<!-- presets:[^]*?-->\n<!-- prettier-ignore-start -->\n)([^]*?)(\n<!-- prettier-ignore-end -->)/;

test('the page lists the presets as the catalog has them (UPDATE_DOCS=1 writes them)', () => {
  const drawing = drawPresets();
  const text = readFileSync(file, 'utf8');
  if (process.env['UPDATE_DOCS'] === '1') {
    writeFileSync(
      file,
      text.replace(block, (_, before: string, _old, after: string) => before + drawing + after),
    );
  }

  expect(block.exec(readFileSync(file, 'utf8'))?.[2]).toBe(drawing);
  expect(catalog.length).toBeGreaterThanOrEqual(60);
});

test('the page names no helper that is not public, and links only to files that exist', () => {
  const text = readFileSync(file, 'utf8');
  const imported = [...text.matchAll(/import \{([^}]+)\} from 'hooklane'/g)].flatMap(([, names]) =>
    names!.split(',').map((name) => name.trim()),
  );
  const helpers = [...text.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name!);
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link!);

  expect(imported.length).toBeGreaterThan(5);
  expect(helpers.length).toBeGreaterThan(8);
  expect([...imported, ...helpers].filter((name) => !Object.hasOwn(publicInterface, name))).toEqual([]);
  expect(links.filter((link) => !existsSync(join(dirname(file), link)))).toEqual([]);
});
