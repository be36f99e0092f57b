import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../start-error.ts';

export interface BucketFiles {
  /** Whole or not at all. `exists` only where the object must be new. */
  put(key: string, content: Uint8Array, mustBeNew: boolean): Promise<'stored' | 'exists'>;
  get(key: string): Promise<Buffer | undefined>;
}

/** Objects as files. A key is any string, so its hash is the file's name: no key can leave the folder. */
export async function openBucketFiles(folder: string): Promise<BucketFiles> {
  await mkdir(folder, { recursive: true });
  const fileOf = (key: string) => join(folder, createHash('sha256').update(key).digest('hex'));
  return {
    async put(key, content, mustBeNew) {
      const draft = join(folder, `draft-${randomUUID()}`);
      // An event is acknowledged on the strength of its body: that is on the disk, as its entry is.
      await writeFile(draft, content, { flush: true });
      if (!mustBeNew) {
        await rename(draft, fileOf(key));
        return 'stored';
      }
      try {
        // Unlike a rename, a link never replaces: of two writers one wins.
        await link(draft, fileOf(key));
        return 'stored';
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return 'exists';
        throw error;
      } finally {
        await rm(draft, { force: true });
      }
    },
    async get(key) {
      try {
        return await readFile(fileOf(key));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
