import type { BuildOptions } from 'esbuild';
import type { ApplicationFiles } from './application-files.ts';
import { packageVersion } from './package-version.ts';

/**
 * Credential sources that a function never reaches. The SDK's default chain asks the environment first and imports each of these
 * only after that failed (`defaultProvider` of @aws-sdk/credential-provider-node); Lambda always sets AWS_ACCESS_KEY_ID and
 * AWS_SECRET_ACCESS_KEY, and AWS_PROFILE is not ours to set. They are a sixth of the bundle. Only dynamic imports are left
 * out by this: a static one would fail the test that imports the bundle where no package is installed.
 */
const unreachedCredentialSources = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@aws-sdk/token-providers',
  '@smithy/credential-provider-imds',
];

/** Functions that load nothing of the user's but the configuration. */
const withoutPackagesOfOthers = ['ingest', 'dead-letter', 'sweeper', 'ops', 'ledger-watch'];

/** In CommonJS these three are there; a package of that form that needs `node:crypto` would not load in an ES module without them. */
const forCommonJs = [
  "import{createRequire as hooklaneRequire}from'node:module'",
  "import{dirname as hooklaneDirname}from'node:path'",
  'const require=hooklaneRequire(import.meta.url),__filename=import.meta.filename,__dirname=hooklaneDirname(__filename);',
].join(';');

/**
 * One ES module per function with the SDK inside: what was tested is what runs, whatever SDK the runtime carries. No source maps:
 * Node reads them at every cold start. Names are kept instead, for stack traces and for libraries that make keys of them, except
 * in ingest: no handler runs there, a provider waits for its cold start, and they are 30 of the 485 KB it may have.
 */
export function bundleOptions(functionName: string, { configFile, handlersFile }: ApplicationFiles) {
  return {
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: functionName !== 'ingest',
    sourcemap: false,
    legalComments: 'none',
    ...(!withoutPackagesOfOthers.includes(functionName) && { banner: { js: forCommonJs } }),
    define: { 'process.env.HOOKLANE_VERSION': JSON.stringify(packageVersion) },
    external: unreachedCredentialSources,
    alias: { '#config': configFile, '#handlers': handlersFile },
  } satisfies BuildOptions;
}
