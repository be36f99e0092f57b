import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';

/** Its machine code is a package of its own for each platform. */
const nativeModule = { name: '@node-rs/crc32', version: '1.10.8', scope: 'node_modules/@node-rs' } as const;

/** What the handler gives then, beside what it gave before. `python3 -c "import zlib; print(zlib.crc32(b'octocat/hello-world'))"` */
export const checksum = 3614143303;

/** The handler of the project gets a checksum out of machine code, and the file of the handlers says one when it is loaded. */
export function useNativeModule(shop: string, run: (command: string, ...args: string[]) => string): void {
  run('npm', 'install', '--no-audit', '--save-exact', `${nativeModule.name}@${nativeModule.version}`);
  change(join(shop, 'handlers/index.ts'), [
    [
      /^/,
      `import { crc32 } from '${nativeModule.name}';\nconsole.log('loaded', crc32('octocat/hello-world'));\n`,
    ],
    ['return { repository }', 'return { repository, checksum: crc32(repository) }'],
  ]);
  change(join(shop, 'infra/app.ts'), [
    [
      "new WebhookGateway(stack, 'Webhooks')",
      `new WebhookGateway(stack, 'Webhooks', { bundling: { nodeModules: ['${nativeModule.name}'] } })`,
    ],
  ]);
}

function change(file: string, replacements: readonly (readonly [string | RegExp, string])[]): void {
  const text = replacements.reduce(
    (before, [from, to]) => {
      const after = before.replace(from, to);
      assert.notEqual(after, before, `${file} has ${String(from)}`);
      return after;
    },
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, text);
}

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Metadata: z.looseObject({ 'aws:asset:path': z.string().optional() }).optional(),
      Properties: z
        .looseObject({
          Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
        })
        .optional(),
    }),
  ),
});

/** Of what is deployed the processor alone has the module, with the machine code of Lambda's machines; with that of this one it runs. */
export function findNativeModule(shop: string): void {
  const assembly = join(shop, 'cdk.out');
  const { Resources } = Template.parse(
    JSON.parse(readFileSync(join(assembly, 'shop.template.json'), 'utf8')),
  );
  const functions = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([id, { Metadata, Properties }]) => ({
      name: id.replace(/^Webhooks|[0-9A-F]{8}$/g, ''),
      folder: join(assembly, Metadata?.['aws:asset:path'] ?? 'no asset'),
      variables: Object.keys(Properties?.Environment?.Variables ?? {}),
    }));
  const having = functions.filter(
    ({ folder }) =>
      existsSync(join(folder, 'node_modules')) ||
      readFileSync(join(folder, 'index.mjs'), 'utf8').includes(nativeModule.name),
  );
  assert.ok(functions.length > 4);
  assert.deepEqual(
    having.map(({ name }) => name),
    ['Processor'],
  );

  const [{ folder, variables } = { folder: '', variables: [] }] = having;
  const installed = readdirSync(join(folder, nativeModule.scope)).sort();
  assert.deepEqual(installed, ['crc32', 'crc32-linux-arm64-gnu']);
  const machineCode = readFileSync(
    join(folder, nativeModule.scope, 'crc32-linux-arm64-gnu/crc32.linux-arm64-gnu.node'),
  );
  // The field of an ELF file that names its processor.
  assert.equal(machineCode.readUInt16LE(0x12), 0xb7);

  cpSync(join(shop, nativeModule.scope), join(folder, nativeModule.scope), { recursive: true });
  const said = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { handler } = await import('${pathToFileURL(join(folder, 'index.mjs')).href}'); console.log(typeof handler); process.exit();`,
    ],
    {
      encoding: 'utf8',
      env: {
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'id',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_LAMBDA_FUNCTION_NAME: 'a-function',
        ...Object.fromEntries(variables.map((name) => [name, `a-${name}`])),
      },
    },
  );
  assert.deepEqual(said.trim().split('\n'), [`loaded ${checksum}`, 'function']);
}
