import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

export type SqliteValue = null | number | bigint | string | Uint8Array;

interface Statement {
  run(...values: SqliteValue[]): { readonly changes: number | bigint };
  all(...values: SqliteValue[]): unknown[];
}

/** The part of `node:sqlite` that is used, so that the types load on every Node. */
export interface SqliteDatabase {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  close(): void;
}

/** Loaded when first needed: Node 20 has no SQLite, and everything else of this package works there. */
export function openSqlite(file: string): SqliteDatabase {
  let sqlite: unknown;
  try {
    sqlite = createRequire(import.meta.url)('node:sqlite');
  } catch (cause) {
    throw new Error(
      `The SQLite store needs node:sqlite, which Node ${process.versions.node} has not: use Node >= 22.13`,
      {
        cause,
      },
    );
  }
  if (!hasDatabase(sqlite)) throw new Error('node:sqlite has no DatabaseSync');
  const database = new sqlite.DatabaseSync(file);
  // FULL: what is committed survives a power failure too. No busy timeout: it would stop the whole process; waiting is done outside.
  database.exec('PRAGMA busy_timeout = 0');
  return database;
}

function hasDatabase(module: unknown): module is { DatabaseSync: new (file: string) => SqliteDatabase } {
  return typeof module === 'object' && module !== null && 'DatabaseSync' in module;
}

const isBusy = (error: unknown): boolean => {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return false;
  const { errcode } = error;
  // The low byte is the primary code: 5 SQLITE_BUSY, 6 SQLITE_LOCKED.
  return typeof errcode === 'number' && ((errcode & 0xff) === 5 || (errcode & 0xff) === 6);
};

/** Tries again while another process writes. */
export async function whenFree<T>(run: () => T, withinMs: number): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return run();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
      await sleep(1 + Math.random() * 9);
    }
  }
}

/** One after the other, in the order of asking. */
export function createMutex() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** Resolves with the function that lets the next one in. */
    lock(): Promise<() => void> {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const mine = last.then(() => release);
      last = held;
      return mine;
    },
  };
}
