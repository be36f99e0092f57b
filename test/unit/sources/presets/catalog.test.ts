import { readdir } from 'node:fs/promises';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type * as hooklane from '../../../../functions/hooklane.ts';
import { catalog } from '../../../../functions/sources/presets/catalog.ts';

const folder = new URL('../../../../functions/sources/presets/', import.meta.url);

describe('the catalog', () => {
  it('holds every preset once, by the name of its file', async () => {
    const files = (await readdir(folder)).map((file) => file.replace('.ts', ''));

    expect(catalog.map(({ facts }) => facts.name)).toEqual(files.filter((file) => file !== 'catalog').sort());
  });

  it('is made of sources that verify something', () => {
    for (const { source } of catalog) expect(source.verify.problems ?? []).toEqual([]);
  });
});

describe('a bundle', () => {
  const bundleOf = async (imports: string) => {
    const { outputFiles, metafile } = await build({
      stdin: {
        contents: `import { ${[...new Set(imports.split(', '))].join()} } from './functions/hooklane.ts'; console.log(${imports});`,
        resolveDir: new URL('../../../../', import.meta.url).pathname,
        loader: 'ts',
      },
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
      // Ingest holds it anyway.
      external: ['zod'],
    });
    const presets = Object.entries(Object.values(metafile.outputs)[0]!.inputs)
      .filter(([file, { bytesInOutput }]) => file.includes('sources/presets/') && bytesInOutput > 0)
      .map(([file]) => file.replace(/.*\//, '').replace('.ts', ''));
    return { bytes: outputFiles[0]!.contents.length, presets };
  };

  /** What the example's configuration imports. */
  const example = 'source, hmac, bearer, github, stripe, standardWebhooks';
  /** Bytes at most: they bring a verifier of their own (for tokens, certificates, lists of headers), or read five products (Meta). */
  const heavy = {
    contentful: 2.2 * 1024,
    meta: 3 * 1024,
    paypal: 3 * 1024,
    netlify: 3.6 * 1024,
    vonage: 3.6 * 1024,
    sns: 4 * 1024,
    googlePubsub: 5.5 * 1024,
    plaid: 5.8 * 1024,
  } satisfies Partial<Record<keyof typeof hooklane, number>>;

  it('holds only the presets that a configuration uses', async () => {
    const { presets } = await bundleOf('source, hmac, github, slack');

    expect(presets.sort()).toEqual(['github', 'slack']);
  });

  it('grows by less than 2 KB with each preset, but for those that are named', async () => {
    const names = catalog.map(({ facts }) =>
      facts.name.replace(/-./g, (part) => part.slice(1).toUpperCase()),
    );
    const base = await bundleOf(example);
    const growth: Record<string, number> = {};
    for (const name of names) growth[name] = (await bundleOf(`${example}, ${name}`)).bytes - base.bytes;

    const over = Object.keys(growth).filter((name) => (growth[name] ?? Infinity) >= 2048);
    expect(over.sort()).toEqual(Object.keys(heavy).sort());
    for (const [name, most] of Object.entries(heavy)) expect(growth[name]).toBeLessThan(most);
  });
});
