import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as z from 'zod';
import { WebhookGateway, type WebhookGatewayProps } from '../../infra/index.ts';

const cdkJson = z
  .object({ context: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')));

/** The feature flags that `cdk` would pass to the app. */
export const featureFlags = cdkJson.context;

const fixtures = join(import.meta.dirname, 'fixtures');

/** The stack as `cdk synth` makes it of a configuration among the fixtures, bound to no account, its functions not bundled. */
export function buildStack(config = 'one-source', props: WebhookGatewayProps = {}): Stack {
  const stack = new Stack(anApp(), 'Hooklane');
  addGateway(stack, 'Default', config, props);
  return stack;
}

/** With a key of its own, sources that have secrets, and an archive: everything that is encrypted. */
export function buildStackWithKey(): Stack {
  const stack = new Stack(anApp(), 'Hooklane');
  const encryptionKey = new Key(stack, 'OwnKey', { enableKeyRotation: true });
  addGateway(stack, 'Default', 'secrets', { encryptionKey, archive: { days: 30 } });
  return stack;
}

export const addGateway = (
  stack: Stack,
  id: string,
  config = 'one-source',
  props: WebhookGatewayProps = {},
) =>
  new WebhookGateway(stack, id, {
    configFile: join(fixtures, `${config}.config.ts`),
    handlersFile: join(fixtures, 'no-handlers.ts'),
    ...props,
  });

export const anApp = () =>
  new App({
    context: { ...featureFlags, 'aws:cdk:bundling-stacks': [] },
    outdir: mkdtempSync(join(tmpdir(), 'hooklane-synthesis-')),
  });
