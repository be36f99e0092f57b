import { describe, test } from 'vitest';
import { storeContract, type ContractSetup } from '../src/contract.ts';
import { memory, type MemoryDb } from '../src/stores/memory.ts';
import { sqlite, type SqliteDb } from '../src/stores/sqlite.ts';
import { rowsOf } from '../src/stores/row.ts';
import { openSqlite } from '../src/stores/sqlite-connection.ts';
import { sqliteFile } from './sqlite-file.ts';

const inMemory: ContractSetup<MemoryDb> = {
  async open() {
    const store = memory();
    return {
      store,
      effect: async (db, value) => db.set(`effect ${Math.random()}`, value),
      effects: async () => [...store.data.values()].map(String),
    };
  },
};

const inSqlite: ContractSetup<SqliteDb> = {
  async open() {
    const { file, remove } = sqliteFile();
    const store = sqlite(file);
    await store.migrate();
    const beside = openSqlite(file);
    beside.exec('CREATE TABLE effects (value TEXT)');
    return {
      store,
      effect: async (db, value) => {
        await db.run('INSERT INTO effects VALUES (?)', value);
      },
      effects: async () =>
        rowsOf(beside.prepare('SELECT value FROM effects').all()).map((row) => String(row['value'])),
      close: async () => {
        beside.close();
        remove();
      },
    };
  },
};

const hasSqlite = Number(process.versions.node.split('.')[0]) >= 22;

describe('memory store', () => {
  for (const { name, run } of storeContract(inMemory)) test(name, run);
});

describe.skipIf(!hasSqlite)('SQLite store', () => {
  for (const { name, run } of storeContract(inSqlite)) test(name, run);
});
