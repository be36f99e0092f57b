import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

const progressSchema = z.object({
  first: z.number(),
  histories: z.number(),
  /** All before it are done. */
  next: z.number(),
  seconds: z.number(),
  failures: z.array(z.object({ seed: z.string(), violations: z.array(z.string()) })),
});
export interface Progress extends Omit<z.infer<typeof progressSchema>, 'failures'> {
  failures: { readonly seed: string; readonly violations: readonly string[] }[];
}

/** What an earlier run of the same histories had done when it ended; undefined where there was none. */
export function readProgress(
  file: string,
  wanted: Pick<Progress, 'first' | 'histories'>,
): Progress | undefined {
  try {
    const progress = progressSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const isSame = progress.first === wanted.first && progress.histories === wanted.histories;
    return isSame ? progress : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: a run that is ended in the middle of it goes on from the one before. */
export function writeProgress(file: string, progress: Progress): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(progress, null, 2));
  renameSync(`${file}.new`, file);
}
