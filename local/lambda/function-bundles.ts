import { dirname, resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import type { ApplicationFiles } from '../../functions/config/application-files.ts';
import { bundleOptions } from '../../functions/config/bundle-options.ts';
import { packageVersion } from '../../functions/config/package-version.ts';
import { packageFile } from '../../functions/config/package-file.ts';
import { BundleCache, cacheFolder } from './bundle-cache.ts';
import type { FunctionCode } from './function-instance.ts';
import { nativePackages } from './native-packages.ts';
import { unsignedCalls } from './unsigned-calls.ts';

/** Sources are named from here in source maps, wherever a bundle is kept. */
const sourceRoot = resolve('/');

const runtimeEntry = packageFile('local/lambda/function-runtime.ts');

/** Makes the bundles that functions run as: those that the stack deploys, with a source map beside them, and unsigned calls to local services. */
export class FunctionBundles {
  readonly #application: ApplicationFiles;
  readonly #cache: BundleCache;
  readonly #made = new Map<string, Promise<string>>();
  /** Of all clouds of this process: esbuild's own process is one for all of them. */
  static #making = 0;

  /** `otherwise`: where bundles are kept if the application's project has no `node_modules`. */
  constructor(application: ApplicationFiles, otherwise: string) {
    this.#application = application;
    this.#cache = new BundleCache(cacheFolder(dirname(application.configFile), otherwise));
  }

  /**
   * What a process of the function runs, the same for as long as the cloud runs. Throws what is wrong with the sources, and looks at them again
   * next time.
   */
  async codeOf(name: string, entry: string): Promise<FunctionCode> {
    const [runtime, bundle] = await Promise.all([this.#of('runtime', runtimeEntry), this.#of(name, entry)]);
    return { runtime, bundle };
  }

  #of(name: string, entry: string): Promise<string> {
    const known = this.#made.get(entry);
    if (known) return known;
    const making = this.#find(name, entry);
    this.#made.set(entry, making);
    making.catch(() => this.#made.delete(entry));
    return making;
  }

  async #find(name: string, entry: string): Promise<string> {
    const options = {
      ...bundleOptions(name, this.#application),
      entryPoints: [entry],
      absWorkingDir: sourceRoot,
      outfile: resolve(sourceRoot, `${name}.mjs`),
      sourcemap: 'external',
      // Who reads a stack trace has the sources.
      sourcesContent: false,
      logLevel: 'silent',
    } satisfies BuildOptions;
    const asText = JSON.stringify([packageVersion, options]);
    const found = this.#cache.find(asText);
    if (found !== undefined) return found;

    const since = new Date();
    const { metafile, outputFiles } = await this.#build(options);
    const output = (extension: string) =>
      outputFiles.find(({ path }) => path.endsWith(extension))?.contents ?? new Uint8Array();
    return this.#cache.keep(asText, {
      name,
      code: output('.mjs'),
      map: output('.map'),
      inputs: Object.keys(metafile.inputs).map((input) => resolve(sourceRoot, input)),
      since,
    });
  }

  async #build(options: BuildOptions) {
    // Loaded when it is needed: most starts find their bundles.
    const { build, stop } = await import('esbuild');
    const run = (external: readonly string[]) =>
      build({
        ...options,
        external: [...(options.external ?? []), ...external],
        plugins: [unsignedCalls],
        metafile: true,
        write: false,
      });
    FunctionBundles.#making += 1;
    try {
      let native: readonly string[];
      try {
        const result = await run([]);
        native = nativePackages(Object.keys(result.metafile.inputs), sourceRoot);
        if (native.length === 0) return result;
      } catch (error) {
        native = nativePackages([String(error)], sourceRoot);
        if (native.length === 0) throw error;
      }
      return await run(native);
    } finally {
      FunctionBundles.#making -= 1;
      // It is a process of its own.
      if (FunctionBundles.#making === 0) await stop();
    }
  }
}
