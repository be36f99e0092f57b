import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';
import type * as hooklane from '../../functions/index.ts';
import { catalog } from '../../functions/providers/catalog.ts';

describe('the catalog', () => {
  it('is made of sources that verify something', () => {
    for (const { source } of catalog) expect(source.verify.problems ?? []).toEqual([]);
  });
});

describe('a bundle', () => {
  /** A bundle for each list of imports; all of them in one build, which reads each file once. */
  async function bundlesOf(lists: readonly string[]) {
    const root = new URL('../../', import.meta.url).pathname;
    const virtual: Plugin = {
      name: 'lists-of-imports',
      setup(building) {
        building.onResolve({ filter: /^list:/ }, ({ path }) => ({ path, namespace: 'list' }));
        building.onLoad({ filter: /./, namespace: 'list' }, ({ path }) => {
          const imports = lists[Number(path.slice('list:'.length))]!;
          const contents = `import { ${[...new Set(imports.split(', '))].join()} } from './functions/index.ts'; console.log(${imports});`;
          return { contents, resolveDir: root, loader: 'ts' };
        });
      },
    };
    const { outputFiles, metafile } = await build({
      entryPoints: lists.map((_, at) => ({ in: `list:${at}`, out: `${at}` })),
      plugins: [virtual],
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'esm',
      outdir: 'out',
      logLevel: 'silent',
      // Ingest holds it anyway.
      external: ['zod'],
    });
    return lists.map((_, at) => {
      const inputs = metafile.outputs[`out/${at}.js`]!.inputs;
      const presets = Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .flatMap(([file]) => /providers\/([^/]+)\/preset\.ts$/.exec(file)?.[1] ?? []);
      const output = outputFiles.find(({ path }) => path.endsWith(`/out/${at}.js`))!;
      return { bytes: output.contents.length, presets };
    });
  }

  /** What the example's configuration imports, and the 0.3 KB of tools that most presets share. */
  const example = 'source, hmac, bearer, github, stripe, standardWebhooks, bodyHash, joined, joinedWith';
  /** Bytes at most: they bring a verifier of their own (for tokens, certificates, lists of headers), or read five products (Meta). */
  const heavy = {
    contentful: 2.2 * 1024,
    meta: 3 * 1024,
    paypal: 3 * 1024,
    fusionauth: 3.6 * 1024,
    livekit: 3.6 * 1024,
    monday: 4.5 * 1024,
    netlify: 3.6 * 1024,
    vonage: 3.6 * 1024,
    sns: 4 * 1024,
    googlePubsub: 5.5 * 1024,
    plaid: 5.8 * 1024,
  } satisfies Partial<Record<keyof typeof hooklane, number>>;

  it('holds only the presets that a configuration uses', async () => {
    const [bundle] = await bundlesOf(['source, hmac, github, slack']);

    expect(bundle?.presets.sort()).toEqual(['github', 'slack']);
  });

  it('grows by less than 2 KB with each preset, but for those that are named', async () => {
    const names = catalog.map(({ facts }) =>
      facts.name.replace(/-./g, (part) => part.slice(1).toUpperCase()),
    );
    const [base, ...others] = await bundlesOf([example, ...names.map((name) => `${example}, ${name}`)]);
    const growth = Object.fromEntries(names.map((name, at) => [name, others[at]!.bytes - base!.bytes]));

    const over = Object.keys(growth).filter((name) => (growth[name] ?? Infinity) >= 2048);
    expect(over.sort()).toEqual(Object.keys(heavy).sort());
    for (const [name, most] of Object.entries(heavy)) expect(growth[name]).toBeLessThan(most);
  });
});
