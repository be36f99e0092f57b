import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, AssetStaging, Stack } from 'aws-cdk-lib';
import { afterAll, expect, it } from 'vitest';
import { WebhookGateway } from '../../infra/index.ts';
import { featureFlags } from './synthesis.ts';
import { resourcesOf, resourcesOfType } from './template.ts';

// Within the project, where `hooklane` is found.
const folder = mkdtempSync(join(import.meta.dirname, 'fixtures/changing-'));
afterAll(() => rmSync(folder, { recursive: true }));

const handlersFile = join(folder, 'handlers.ts');

/** As `cdk synth` makes it, bundles included, of handlers that say this. */
function synthesize(word: string): Stack {
  writeFileSync(
    handlersFile,
    `import { defineHandlers } from 'hooklane';
     import config from '../one-source.config.ts';
     export default defineHandlers(config, { 'acme/*': async () => ({ word: '${word}' }) });`,
  );
  AssetStaging.clearAssetHashCache();
  const app = new App({
    context: featureFlags,
    outdir: mkdtempSync(join(tmpdir(), 'hooklane-reproducible-')),
  });
  const stack = new Stack(app, 'Hooklane');
  const configFile = join(import.meta.dirname, 'fixtures/one-source.config.ts');
  new WebhookGateway(stack, 'Default', { configFile, handlersFile });
  return stack;
}

const codeOf = (stack: Stack) =>
  new Map(
    resourcesOfType(resourcesOf(stack), 'AWS::Lambda::Function').map(([id, { Properties }]) => [
      id.replace(/[0-9A-F]{8}$/, ''),
      JSON.stringify(Properties['Code']),
    ]),
  );

it('is the same, byte for byte, when it is synthesized again; a change of a handler changes one bundle', () => {
  const first = synthesize('one');
  const second = synthesize('one');
  const third = synthesize('other');

  expect(JSON.stringify(resourcesOf(second))).toBe(JSON.stringify(resourcesOf(first)));
  const before = codeOf(first);
  const changed = [...codeOf(third)].flatMap(([id, code]) => (before.get(id) === code ? [] : id));
  expect(changed).toEqual(['Processor']);
}, 240_000);
