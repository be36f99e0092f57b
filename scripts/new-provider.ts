import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportedName, writeProviderIndex } from './provider-index.ts';

/** Makes the folder of a provider and its test: `npm run new-provider acme`. The test is red until all is said: see docs/contributing/provider.md. */

const root = join(import.meta.dirname, '..');

/** The files of a new provider, by path. */
export function newProvider(name: string): Readonly<Record<string, string>> {
  const exported = exportedName(name);
  const type = `${exported.charAt(0).toUpperCase()}${exported.slice(1)}Event`;
  return {
    [`functions/providers/${name}/preset.ts`]: `import { preset } from '../preset.ts';
import { hmac } from '../../signatures/hmac.ts';

export interface ${type} {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly id: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** ${name}. Lane: the object. */
export const ${exported} = preset<${type}>(
  {
    name: '${name}',
    title: '${name}',
    page: '',
    confidence: 'documentation',
    secret: '',
  },
  {
    verify: hmac({ algorithm: 'sha256', header: 'x-${name}-signature', encoding: 'hex' }),
    id: 'id',
    type: 'type',
    lane: 'data.id',
  },
);
`,
    [`functions/providers/${name}/sample.ts`]: `import { ${exported} } from './preset.ts';
import type { Sample } from '../sample.ts';

export const ${exported}Sample: Sample = {
  source: ${exported}(),
  key: { secret: 'a secret of your own' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({ id: 'event-1', type: 'thing.changed', data: { id: 'thing-1' } }),
  }),
  events: [{ eventId: 'event-1', type: 'thing.changed', lane: 'thing-1' }],
};
`,
    [`functions/providers/${name}/happenings.ts`]: `import { byField, json, type Happenings } from '../happenings.ts';

export const ${exported}Happenings: Happenings = {
  id: '',
  differ: '',
  ...byField('id', { type: 'thing.changed', data: { id: 'thing-1' } }),
  sameLane: [json({ id: 'c', type: 'thing.removed', data: { id: 'thing-1' } })],
};
`,
    [`test/providers/${name}.test.ts`]: `import { ${exported}Sample } from '../../functions/providers/${name}/sample.ts';
import { agreesWithFormula } from '../support/provider/documented-formula.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('${name}');

agreesWithFormula({
  sample: ${exported}Sample,
  headers: ({ body }, secret) => {
    throw new Error(\`sign \${body.byteLength} bytes under \${secret} as the documentation of ${name} says\`);
  },
});
`,
  };
}

if (import.meta.main) {
  const [name = ''] = process.argv.slice(2);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error('npm run new-provider NAME: lower-case letters, digits and single dashes');
  }
  const files = Object.entries(newProvider(name));
  const there = files.find(([file]) => existsSync(join(root, file)));
  if (there !== undefined) throw new Error(`${there[0]} is there already`);
  for (const [file, text] of files) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  writeProviderIndex();
  console.log([...files.map(([file]) => file), '', 'How to go on: docs/contributing/provider.md'].join('\n'));
}
