import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Fault } from './faults.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Makes every production file that is imported from now on carry the fault. @throws at import where a patch does not fit any more. */
export function plant(fault: Fault): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.startsWith('file:')) return loaded;
      const file = fileURLToPath(url).replace(root, '');
      const patches = fault.patches.filter((patch) => patch.file === file);
      if (patches.length === 0) return loaded;
      let source = textOf(loaded.source);
      for (const { find, replace } of patches) {
        const count = source.split(find).length - 1;
        if (count !== 1) throw new Error(`${fault.name}: "${find}" occurs ${count} times in ${file}`);
        source = source.replace(find, () => replace);
      }
      return { ...loaded, source };
    },
  });
}

function textOf(source: string | ArrayBuffer | NodeJS.TypedArray | null | undefined): string {
  if (typeof source === 'string') return source;
  if (source === null || source === undefined) throw new Error('a file without a source');
  return new TextDecoder().decode(source);
}
