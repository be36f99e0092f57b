import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { bearer, defineConfig, source } from 'hooklane';
import * as z from 'zod';
import type { Config } from '../../functions/config/config.ts';
import { HooklaneStack } from '../../infra/stack.ts';

const cdkJson = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')));

/** The feature flags that `cdk` would pass to the app. */
export const featureFlags = cdkJson.context;

export const aConfig = defineConfig({
  sources: { acme: source({ verify: bearer(), id: 'id' }) },
  handlers: {},
});

/** The stack as `cdk synth` makes it, bound to no account, its functions not bundled. */
export function buildStack(config: Config = aConfig): HooklaneStack {
  const app = new App({
    context: { ...featureFlags, 'aws:cdk:bundling-stacks': [] },
    outdir: mkdtempSync(join(tmpdir(), 'hooklane-synthesis-')),
  });
  return new HooklaneStack(app, 'Hooklane', { config });
}
