import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { writeFileAtomically } from '../atomic-file.ts';

const Made = z.object({
  /** Name in the cache's folder. */
  bundle: z.string(),
  inputs: z.array(
    z.object({ path: z.string(), size: z.number(), modifiedMs: z.number(), digest: z.string() }),
  ),
});
type Input = z.infer<typeof Made>['inputs'][number];

/** What was not used for so long is thrown away; until then a cloud that runs may start an instance from it. */
const unusedForMs = 7 * 24 * 3600 * 1000;

/** Bundles by what they are made of: options, and the content of every file that went into them. */
export class BundleCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The bundle that was made with these options, if every file that went into it is as it was. */
  find(options: string): string | undefined {
    const description = this.#descriptionOf(options);
    try {
      const { bundle, inputs } = Made.parse(JSON.parse(readFileSync(description, 'utf8')));
      const file = join(this.#folder, bundle);
      if (!existsSync(file) || !inputs.every(isUnchanged)) return undefined;
      for (const used of [description, file, mapOf(file)]) utimesSync(used, new Date(), new Date());
      return file;
    } catch {
      // There is none, or a cache that somebody has damaged: it is made anew.
      return undefined;
    }
  }

  /** Returns the bundle's file. One of other content is kept beside it: a cloud that runs starts its instances from that. */
  keep(
    options: string,
    made: {
      readonly name: string;
      readonly code: Uint8Array;
      readonly map: Uint8Array;
      readonly inputs: readonly string[];
      readonly since: Date;
    },
  ): string {
    mkdirSync(this.#folder, { recursive: true });
    this.#throwAwayUnused();
    const bundle = `${made.name}-${digestOf(made.code).slice(0, 16)}.mjs`;
    const file = join(this.#folder, bundle);
    writeFileAtomically(mapOf(file), made.map);
    writeFileAtomically(file, made.code);
    const described = { bundle, inputs: made.inputs.map(describe) } satisfies z.infer<typeof Made>;
    // What was changed meanwhile may have gone into the bundle or not.
    if (described.inputs.every(({ modifiedMs }) => modifiedMs < made.since.getTime())) {
      writeFileAtomically(this.#descriptionOf(options), JSON.stringify(described));
    }
    return file;
  }

  #descriptionOf(options: string): string {
    return join(this.#folder, `${digestOf(options).slice(0, 32)}.json`);
  }

  #throwAwayUnused(): void {
    for (const name of readdirSync(this.#folder)) {
      const file = join(this.#folder, name);
      const usedAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - usedAt > unusedForMs) rmSync(file, { recursive: true, force: true });
    }
  }
}

/** Where the source map of a bundle is. */
const mapOf = (bundle: string): string => `${bundle}.map`;

/** In the project's `node_modules`, where tools keep what can be made again and what is external is found from; else in the folder given. */
export function cacheFolder(project: string, otherwise: string): string {
  const modules = join(project, 'node_modules');
  if (existsSync(modules)) return join(modules, '.cache/hooklane');
  return dirname(project) === project ? otherwise : cacheFolder(dirname(project), otherwise);
}

function describe(path: string): Input {
  const { size, mtimeMs } = statSync(path);
  return { path, size, modifiedMs: mtimeMs, digest: digestOf(readFileSync(path)) };
}

/** Time and size first: reading a thousand files at every start takes longer than asking for these. */
function isUnchanged({ path, size, modifiedMs, digest }: Input): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  if (now?.size !== size) return false;
  return now.mtimeMs === modifiedMs || digestOf(readFileSync(path)) === digest;
}

const digestOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
