import { createInterface } from 'node:readline';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { urlOf } from '../loopback.ts';
import { StartError } from '../start-error.ts';

export interface Dynoxide {
  readonly endpoint: string;
  pid(): number | undefined;
  close(): Promise<void>;
}

/** The binary for this platform, or undefined where its package is not installed. */
export function findDynoxide(): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`));
    const file = join(folder, process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Becomes the database, after leaving behind a reader of our pipe: when this process dies, however it dies, the pipe ends and the
 * reader kills the database.
 */
const dieWithTheParent =
  'exec 3<&0; (read _ <&3; kill -9 $$) >/dev/null 2>&1 & exec "$0" "$@" 3<&- </dev/null';

/**
 * Starts the database and starts it again when it dies; all state is in the file. Resolves when it answers. Throws `StartError`, with its
 * last words, when it does not.
 */
export async function startDynoxide(options: {
  readonly binary: string;
  readonly port: number;
  readonly file: string;
  readonly log: (line: string) => void;
  readonly onRestart: () => void;
}): Promise<Dynoxide> {
  const { binary, port, file, log, onRestart } = options;
  const endpoint = urlOf(port);
  let closing = false;
  let lastWords = 'it says nothing';
  let current = start();

  function start(): ChildProcess {
    const startedAt = Date.now();
    const child = spawn(
      'sh',
      ['-c', dieWithTheParent, binary, '--host', '127.0.0.1', '--port', String(port), '--db-path', file],
      // A process group of its own: Ctrl-C must not stop the database before the functions that use it.
      { stdio: ['pipe', 'ignore', 'pipe'], detached: true },
    );
    createInterface(child.stderr).on('line', (line) => {
      if (line !== '') lastWords = line;
      log(line);
    });
    child.on('exit', (code, signal) => {
      child.stdin.destroy();
      if (closing) return;
      log(`ended with ${signal ?? code ?? 'nothing'}; starting it again`);
      const livedMs = Date.now() - startedAt;
      setTimeout(
        () => {
          if (closing) return;
          current = start();
          onRestart();
        },
        livedMs > 5000 ? 0 : 500,
      );
    });
    return child;
  }

  async function close() {
    closing = true;
    if (current.exitCode !== null || current.signalCode !== null) return;
    const exited = new Promise((resolve) => current.once('exit', resolve));
    current.kill('SIGTERM');
    const late = setTimeout(() => current.kill('SIGKILL'), 2000);
    await exited;
    clearTimeout(late);
  }

  if (!(await answers(endpoint))) {
    await close();
    throw new StartError(`The local DynamoDB does not answer on ${file}: ${lastWords}`);
  }
  return { endpoint, pid: () => current.pid, close };
}

async function answers(endpoint: string): Promise<boolean> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    try {
      await fetch(endpoint);
      return true;
    } catch {
      await sleep(10);
    }
  }
  return false;
}
