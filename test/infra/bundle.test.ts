import { execFile } from 'node:child_process';
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bundleOptions } from '../../functions/config/bundle-options.ts';
import { featureFlags } from './synthesis.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/**
 * A redelivery puts a failed event back, so ingest holds what moves a lane, some 15 KB more than what only stores and sends; what cuts the
 * parts of a body out of its bytes, and reads lines and XML, takes 4 KB; Powertools' metrics take 8; that a lane waits at the gate of its paused
 * source, 1; the options of a breaker and of a rate, half of one; that the body of an event may be that of another one, which was handed on, 0.3.
 */
const maxIngestBytes = 486_500;

const template = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Metadata: z.object({ 'aws:asset:path': z.string().optional() }).optional(),
      Properties: z
        .object({
          Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }).optional(),
        })
        .optional(),
    }),
  ),
});

interface Bundle {
  readonly name: string;
  readonly file: string;
  /** What the stack sets, and what Lambda does. */
  readonly environment: Record<string, string>;
}

const lambdaEnvironment = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_LAMBDA_FUNCTION_NAME: 'a-function',
};

const names = ['Ingest', 'Processor', 'DeadLetter', 'Sweeper', 'Ops', 'LedgerWatch', 'Functiondesk'];

let bundles: readonly Bundle[];

// The app as `cdk synth` runs it, in a folder from which no installed package can be found.
beforeAll(async () => {
  const outdir = await mkdtemp(join(tmpdir(), 'hooklane-bundles-'));
  await run(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: outdir,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...featureFlags, 'aws:cdk:enable-asset-metadata': true }),
    },
  });
  const { Resources } = template.parse(
    JSON.parse(await readFile(join(outdir, 'Hooklane.template.json'), 'utf8')),
  );
  bundles = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([id, { Metadata, Properties }]) => ({
      name: id.replace(/^Webhooks|[0-9A-F]{8}$/g, ''),
      file: join(outdir, Metadata?.['aws:asset:path'] ?? 'no asset', 'index.mjs'),
      environment: {
        ...lambdaEnvironment,
        ...Object.fromEntries(
          Object.keys(Properties?.Environment?.Variables ?? {}).map((name) => [name, `a-${name}`]),
        ),
      },
    }));
});

function bundle(name: string): Bundle {
  const found = bundles.find((one) => one.name === name);
  if (!found) throw new Error(`no bundle of ${name}`);
  return found;
}

/** Runs a module's text in a Node process of its own, with this environment alone. */
async function runModule(text: string, env: Record<string, string>): Promise<string> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', text], { env });
  return stdout.trim();
}

describe('bundles', () => {
  it('are made of every function, without an account', () => {
    expect(bundles.map(({ name }) => name)).toEqual(names);
  });

  it.each(names)('%s needs no package installed beside it', async (name) => {
    const { file, environment } = bundle(name);

    const handler = await runModule(
      `console.log(typeof (await import(${JSON.stringify(file)})).handler); process.exit();`,
      environment,
    );

    expect(handler).toBe('function');
  });

  it('find the credentials that Lambda gives, with the sources it never uses left out', async () => {
    const outfile = join(await mkdtemp(join(tmpdir(), 'hooklane-credentials-')), 'index.mjs');
    await build({
      ...bundleOptions('ingest', { configFile: 'none.ts', handlersFile: 'none.ts' }),
      entryPoints: [join(import.meta.dirname, 'fixtures/print-credentials.ts')],
      outfile,
    });

    const found = await runModule(`await import(${JSON.stringify(outfile)})`, lambdaEnvironment);

    expect(JSON.parse(found)).toEqual({ accessKeyId: 'id', sessionToken: 'token' });
    await expect(
      runModule(`await import(${JSON.stringify(outfile)})`, { AWS_REGION: 'eu-central-1' }),
    ).rejects.toThrow(/Cannot find package '@(aws-sdk|smithy)\//);
  });
});

describe('ingest', () => {
  it(`weighs at most ${maxIngestBytes / 1000} KB`, async () => {
    const { size } = await stat(bundle('Ingest').file);

    console.log(`ingest bundle: ${size} bytes`);
    expect(size).toBeLessThanOrEqual(maxIngestBytes);
  });
});
