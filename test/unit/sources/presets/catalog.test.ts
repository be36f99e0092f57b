import { readdir } from 'node:fs/promises';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
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
        contents: `import { ${imports} } from './functions/hooklane.ts'; console.log(${imports});`,
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
    });
    const presets = Object.entries(Object.values(metafile.outputs)[0]!.inputs)
      .filter(([file, { bytesInOutput }]) => file.includes('sources/presets/') && bytesInOutput > 0)
      .map(([file]) => file.replace(/.*\//, '').replace('.ts', ''));
    return { bytes: outputFiles[0]!.contents.length, presets };
  };

  it('holds only the presets that a configuration uses, and each adds less than 2 KB', async () => {
    const one = await bundleOf('source, hmac, github');
    const two = await bundleOf('source, hmac, github, slack');

    expect(one.presets).toEqual(['github']);
    expect(two.presets.sort()).toEqual(['github', 'slack']);
    expect(two.bytes - one.bytes).toBeLessThan(2048);
  });
});
