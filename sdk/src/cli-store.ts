/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access,
   @typescript-eslint/no-unsafe-argument, @typescript-eslint/no-unsafe-return -- drivers come from the caller's project: no types here */
import { dynamodb } from './stores/dynamodb.ts';
import type { MysqlPool } from './stores/mysql-client.ts';
import { mysql } from './stores/mysql.ts';
import { openPool, postgres } from './stores/postgres.ts';
import type { RedisClient } from './stores/redis-client.ts';
import { redis } from './stores/redis.ts';
import { sqlite } from './stores/sqlite.ts';
import type { Store } from './store.ts';

export interface OpenedStore {
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/**
 * The store at an address: `postgres://…` (or `postgres:`, from the `PG*` variables), `mysql://…`, `redis://…`, `sqlite:FILE`,
 * `dynamodb:TABLE`. Its driver is loaded from the caller's project. Throws an Error that says what is missing.
 */
export async function openStore(address: string, table: string | undefined): Promise<OpenedStore> {
  const named = table === undefined ? {} : { table };
  const scheme = /^([a-z]+):/.exec(address)?.[1];
  switch (scheme) {
    case 'postgres':
    case 'postgresql': {
      const pool = await openPool(address.includes('//') ? address : undefined);
      return { store: postgres(pool, named), close: () => pool.end() };
    }
    case 'mysql':
    case 'mariadb': {
      const createPool = await driver('mysql2/promise', 'createPool');
      const pool: MysqlPool & { end(): Promise<void> } = createPool(address.replace(/^mariadb/, 'mysql'));
      return { store: mysql(pool, named), close: () => pool.end() };
    }
    case 'redis':
    case 'rediss': {
      const createClient = await driver('redis', 'createClient');
      const client: RedisClient & { connect(): Promise<unknown>; destroy(): void } = createClient({
        url: address,
      });
      await client.connect();
      const prefix = table === undefined ? {} : { prefix: table };
      return { store: redis(client, prefix), close: async () => client.destroy() };
    }
    case 'sqlite': {
      const store = sqlite(address.slice('sqlite:'.length), named);
      return { store, close: () => store.close() };
    }
    case 'dynamodb': {
      const DynamoDBDocument = await driver('@aws-sdk/lib-dynamodb', 'DynamoDBDocument');
      const DynamoDBClient = await driver('@aws-sdk/client-dynamodb', 'DynamoDBClient');
      const client = DynamoDBDocument.from(new DynamoDBClient({}));
      return {
        store: dynamodb(client, { table: address.slice('dynamodb:'.length) }),
        close: async () => client.destroy(),
      };
    }
    case undefined:
    default:
      throw new Error(
        `"${address}" is no store: postgres://…, mysql://…, redis://…, sqlite:FILE or dynamodb:TABLE`,
      );
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a driver's own function; what it returns is named where it is called
async function driver(module: string, name: string): Promise<any> {
  let loaded: unknown;
  try {
    loaded = await import(module);
  } catch (cause) {
    throw new Error(`"${module}" is not there: npm install ${module}`, { cause });
  }
  return typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, name) : undefined;
}
