import { rmSync } from 'node:fs';
import { writeFileAtomically } from './atomic-file.ts';

/** A file that is there while the cloud is ready and says what listens where, under which process ids. */
interface EndpointsFile {
  /** From now on the file is there, with this content. */
  publish(content: () => object): void;
  /** Something of the content has changed: it is written again, a moment later. */
  refresh(): void;
  remove(): void;
}

const momentMs = 20;

export function endpointsFile(file: string): EndpointsFile {
  let published: (() => object) | undefined;
  let pending: NodeJS.Timeout | undefined;
  const write = () => {
    pending = undefined;
    if (published !== undefined) writeFileAtomically(file, `${JSON.stringify(published(), null, 2)}\n`);
  };
  // That of an instance that was killed.
  rmSync(file, { force: true });
  return {
    publish(content) {
      published = content;
      write();
    },
    refresh() {
      if (published !== undefined) pending ??= setTimeout(write, momentMs);
    },
    remove() {
      published = undefined;
      clearTimeout(pending);
      rmSync(file, { force: true });
    },
  };
}
