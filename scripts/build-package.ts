/** `npm run build`: the package in `dist`, as it is published: compiled, with types, source maps and a `package.json` of its own. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });

// The application of this repository is what `#config` and `#handlers` stand for while its types are checked.
for (const own of ['handlers', 'hooklane.config.js', 'hooklane.config.js.map', 'hooklane.config.d.ts']) {
  rmSync(join(dist, own), { recursive: true, force: true });
}
execFileSync(process.execPath, [join(root, 'console/build.ts'), join(dist, 'console/built')], {
  stdio: 'inherit',
});
cpSync(join(root, 'cli/template'), join(dist, 'cli/template'), { recursive: true });
for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) cpSync(join(root, file), join(dist, file));
chmodSync(join(dist, 'cli/hooklane.js'), 0o755);

const own = z
  .object({
    name: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.string(),
    keywords: z.array(z.string()),
    dependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const { devDependencies, ...published } = own;
const entry = (file: string) => ({ types: `./${file}.d.ts`, default: `./${file}.js` });
const manifest = {
  ...published,
  type: 'module',
  sideEffects: false,
  engines: { node: '>=22.18' },
  exports: {
    '.': entry('functions/index'),
    './cdk': entry('infra/index'),
    './testing': entry('testing/index'),
    './package.json': './package.json',
  },
  bin: { hooklane: './cli/hooklane.js' },
  // Only `hooklane/cdk` needs them.
  peerDependencies: { 'aws-cdk-lib': '^2.276.0', constructs: '^10.8.0' },
  peerDependenciesMeta: { 'aws-cdk-lib': { optional: true }, constructs: { optional: true } },
  dependencies: { ...own.dependencies, '@types/aws-lambda': devDependencies['@types/aws-lambda'] },
};
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
