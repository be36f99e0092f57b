import { OutputFormat, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { ApplicationFiles } from '../../functions/config/application-files.ts';
import { bundleOptions } from '../../functions/config/bundle-options.ts';

/** npm takes machine code for where the functions run, not for the machine that deploys. */
const ofLambda = { npm_config_os: 'linux', npm_config_cpu: 'arm64', npm_config_libc: 'glibc' };

/** The options of a function's bundle for `NodejsFunction`, which adds `bundle` and `platform` itself. `nodeModules`: installed beside the bundle, not in it. */
export function bundling(
  functionName: string,
  application: ApplicationFiles,
  nodeModules: readonly string[] = [],
): BundlingOptions {
  const options = bundleOptions(functionName, application);
  const aliases = Object.entries(options.alias).map(([name, file]): [string, string] => [
    `--alias:${name}`,
    file,
  ]);
  return {
    format: OutputFormat.ESM,
    target: options.target,
    mainFields: options.mainFields,
    minify: options.minify,
    keepNames: options.keepNames,
    sourceMap: options.sourcemap,
    ...(options.banner && { banner: options.banner.js }),
    externalModules: options.external,
    // Even an empty list makes CDK run an install.
    ...(nodeModules.length > 0 && { nodeModules: [...nodeModules], environment: ofLambda }),
    esbuildArgs: { '--legal-comments': options.legalComments, ...Object.fromEntries(aliases) },
  };
}
