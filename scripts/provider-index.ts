import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the two files that name every provider, from the folders in functions/providers: `npm run providers`. */

const folder = join(import.meta.dirname, '../functions/providers');
const written = '// Written by `npm run providers`: every folder here that has a preset.ts.\n';

export interface ProviderFolder {
  readonly name: string;
  /** Without a sample only the provider itself can sign; then it has an example. */
  readonly hasSample: boolean;
}

/** What each of the files should hold, by name. */
export function providerIndex(providers: readonly ProviderFolder[]): Readonly<Record<string, string>> {
  return { 'index.ts': indexOf(providers), 'catalog.ts': catalogOf(providers) };
}

export function providerFolders(): readonly ProviderFolder[] {
  const has = (name: string, file: string) => existsSync(join(folder, name, file));
  return readdirSync(folder)
    .filter((name) => has(name, 'preset.ts'))
    .sort()
    .map((name) => ({ name, hasSample: has(name, 'sample.ts') }));
}

/** `cal-com` is exported as `calCom`. */
export const exportedName = (name: string): string =>
  name.replace(/-./g, (part) => part.slice(1).toUpperCase());

function indexOf(providers: readonly ProviderFolder[]): string {
  return `${written}${providers.map(({ name }) => `export * from './${name}/preset.ts';\n`).join('')}`;
}

function catalogOf(providers: readonly ProviderFolder[]): string {
  const imports = providers.flatMap(({ name, hasSample }) => {
    const exported = exportedName(name);
    const other = hasSample ? 'sample' : 'example';
    const otherExport = hasSample ? `${exported}Sample` : `${exported}Example`;
    return [
      `import { ${exported}Happenings } from './${name}/happenings.ts';\n`,
      `import { ${exported} } from './${name}/preset.ts';\n`,
      `import { ${otherExport} } from './${name}/${other}.ts';\n`,
    ];
  });
  const entries = providers.map(({ name, hasSample }) => {
    const exported = exportedName(name);
    return hasSample
      ? `  withSample(${exported}.facts, ${exported}Happenings, ${exported}Sample),\n`
      : `  { facts: ${exported}.facts, happenings: ${exported}Happenings, source: ${exported}Example },\n`;
  });
  return [
    written,
    "import { withSample, type CatalogEntry } from './catalog-entry.ts';\n",
    ...imports,
    '\n/** Every preset, by name. For the command line, documentation and tests: a function that imported it would carry all of them. */\n',
    `export const catalog: readonly CatalogEntry[] = [\n${entries.join('')}];\n`,
  ].join('');
}

export function writeProviderIndex(): void {
  for (const [file, text] of Object.entries(providerIndex(providerFolders()))) {
    writeFileSync(join(folder, file), text);
  }
}

if (import.meta.main) writeProviderIndex();
