import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localClientConfig } from '../../local/client-config.ts';
import { tables, type TableSettings } from '../../functions/runtime/settings.ts';

/** Hooklane's own tables, and one as handlers have them. */
export const shapes = { ...tables, orders: { partitionKey: 'pk', sortKey: 'sk', indexes: {} } };

export interface TestDatabase {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly endpoint: string;
  /** Creates a fresh, empty table of one of the project's shapes and returns its name. */
  table(shape: keyof typeof shapes): Promise<string>;
  close(): Promise<void>;
}

/** A real DynamoDB implementation for one test file: the local cloud's, or the one at HOOKLANE_DYNAMODB_ENDPOINT. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const given = process.env.HOOKLANE_DYNAMODB_ENDPOINT;
  const own = given === undefined ? await startBinary() : undefined;
  const endpoint = given ?? own!.endpoint;
  const client = new DynamoDBClient(localClientConfig(endpoint));
  await untilItAnswers(client);
  return {
    endpoint,
    dynamodb: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    async table(shape) {
      const name = `${shape}-${randomUUID().slice(0, 8)}`;
      await client.send(createTable(name, shapes[shape]));
      return name;
    },
    async close() {
      client.destroy();
      await own?.stop();
    },
  };
}

type Key = Pick<TableSettings, 'partitionKey' | 'sortKey'>;
const keyNames = ({ partitionKey, sortKey }: Key) =>
  sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];

function createTable(name: string, settings: TableSettings): CreateTableCommand {
  const indexes = Object.entries(settings.indexes ?? {});
  const keys = [settings, ...indexes.map(([, index]) => index)].flatMap(keyNames);
  const schema = (key: Key) =>
    keyNames(key).map((AttributeName, at) => ({ AttributeName, KeyType: (['HASH', 'RANGE'] as const)[at] }));
  return new CreateTableCommand({
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(keys)].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: schema(settings),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([IndexName, index]) => ({
        IndexName,
        KeySchema: schema(index),
        Projection: { ProjectionType: 'KEYS_ONLY' as const },
      })),
    }),
  });
}

async function startBinary() {
  const folder = await mkdtemp(join(tmpdir(), 'hooklane-dynamodb-'));
  const binary = new URL(
    `../../node_modules/@dynoxide/${process.platform}-${process.arch}/dynoxide`,
    import.meta.url,
  );
  const port = await freePort();
  const child = spawn(
    binary.pathname,
    ['--host', '127.0.0.1', '--port', String(port), '--db-path', join(folder, 'db')],
    { stdio: 'ignore' },
  );
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilItAnswers(client: DynamoDBClient): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
