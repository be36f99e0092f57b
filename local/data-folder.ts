import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { packageVersion } from '../functions/config/package-version.ts';
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
  try {
    stampVersion(folder);
  } catch (error) {
    lock.close();
    throw error;
  }
  return {
    release() {
      rmSync(pidFile, { force: true });
      lock.close();
    },
  };
}

/** What a newer version has written this one may not understand; what an older one wrote it does. */
function stampVersion(folder: string): void {
  const file = join(folder, 'version');
  const by = existsSync(file) ? readFileSync(file, 'utf8').trim() : packageVersion;
  if (isNewer(by, packageVersion)) {
    throw new StartError(
      `The data folder ${folder} was written by Hooklane ${by}, and this is ${packageVersion}. Use that version, or choose another folder with --data.`,
    );
  }
  writeFileSync(file, packageVersion);
}

/** Whether a version differs from another in what may change the form of data: major and minor. */
function isNewer(one: string, other: string): boolean {
  const [[major = 0, minor = 0] = [], [ownMajor = 0, ownMinor = 0] = []] = [one, other].map((version) =>
    version.split('.').map(Number),
  );
  return major > ownMajor || (major === ownMajor && minor > ownMinor);
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
