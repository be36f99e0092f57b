import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { reasonOf, StartError } from './start-error.ts';

interface DataFolderLock {
  release(): void;
}

/**
 * Makes the folder and takes it for this process; refuses one that another running instance holds. The lock is SQLite's lock on a
 * file: the system drops it with the process, so a killed instance leaves nothing stale behind.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  const pidFile = join(folder, 'pid');
  let lock: DatabaseSync;
  try {
    mkdirSync(folder, { recursive: true });
    lock = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  } catch (error) {
    throw unwritable(folder, error);
  }
  try {
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(pidFile, String(process.pid));
  } catch (error) {
    lock.close();
    throw isLocked(error) ? inUse(folder, pidFile) : unwritable(folder, error);
  }
  return {
    release() {
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

const sqliteBusy = 5;

function isLocked(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function unwritable(folder: string, error: unknown): StartError {
  return new StartError(
    `The data folder ${folder} cannot be written: ${reasonOf(error)}. Choose another with --data.`,
  );
}

function inUse(folder: string, pidFile: string): StartError {
  let holder = 'another instance';
  try {
    holder = `process ${readFileSync(pidFile, 'utf8')}`;
  } catch {
    // It has the lock and is about to write the file.
  }
  return new StartError(
    `The data folder ${folder} is in use by ${holder}. Stop it, or choose another with --data.`,
  );
}
