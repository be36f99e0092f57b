import * as z from 'zod';
import { tables, type TableSettings } from '../../functions/runtime/settings.ts';
import { AwsJsonError, callAwsJson } from '../aws-json.ts';
import { findDynoxide, startDynoxide, type Dynoxide } from './dynoxide.ts';
import { databaseVersion } from '../../functions/config/package-version.ts';
import { reasonOf, StartError } from '../start-error.ts';

/** Physical name of a table of `settings.tables` or of the configuration. */
export const tableName = (table: string): string => `hooklane-${table}`;

/**
 * The database of the local cloud: `HOOKLANE_DYNAMODB_ENDPOINT` where that is set, else the installed binary on a file. Its tables
 * exist when this resolves.
 */
export async function startDynamoDb(options: {
  readonly endpoint: string | undefined;
  readonly port: number;
  readonly file: string;
  /** The configuration's, beside Hooklane's own. */
  readonly tables: Readonly<Record<string, TableSettings>>;
  readonly log: (line: string) => void;
  readonly onRestart: () => void;
}): Promise<Dynoxide> {
  const database = options.endpoint === undefined ? await startBinary(options) : elsewhere(options.endpoint);
  try {
    await Promise.all(
      Object.entries({ ...tables, ...options.tables }).map(([name, table]) =>
        createTable(database.endpoint, name, table),
      ),
    );
  } catch (error) {
    await database.close();
    throw new StartError(`No tables in the DynamoDB at ${database.endpoint}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  return database;
}

function startBinary(options: Omit<Parameters<typeof startDynoxide>[0], 'binary'>): Promise<Dynoxide> {
  const binary = findDynoxide();
  if (binary === undefined) {
    throw new StartError(
      `The local DynamoDB for this platform is not installed. Run
  npm install --no-save @dynoxide/${process.platform}-${process.arch}@${databaseVersion}
or set HOOKLANE_DYNAMODB_ENDPOINT to one that runs, such as DynamoDB Local at http://127.0.0.1:8000.`,
    );
  }
  return startDynoxide({ ...options, binary });
}

const elsewhere = (endpoint: string): Dynoxide => ({
  endpoint,
  pid: () => undefined,
  close: () => Promise.resolve(),
});

async function createTable(endpoint: string, name: string, table: TableSettings): Promise<void> {
  const indexes = Object.entries(table.indexes ?? {});
  const definition = {
    TableName: tableName(name),
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributesOf(table),
    KeySchema: keySchema(table),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([indexName, index]) => indexDefinition(indexName, index)),
    }),
  };
  try {
    await callAwsJson(endpoint, 'DynamoDB_20120810.CreateTable', definition);
  } catch (error) {
    if (!(error instanceof AwsJsonError && error.code === 'ResourceInUseException')) throw error;
    await addMissingIndexes(endpoint, definition.TableName, table);
  }
}

const Described = z.object({
  Table: z.object({ GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string() })).default([]) }),
});

/** Of a data folder that an older version made. One at a time, as DynamoDB wants it. */
async function addMissingIndexes(endpoint: string, tableName: string, table: TableSettings): Promise<void> {
  const call = (action: string, input: object) =>
    callAwsJson(endpoint, `DynamoDB_20120810.${action}`, { TableName: tableName, ...input });
  const { Table } = Described.parse(await call('DescribeTable', {}));
  const present = Table.GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
  for (const [name, index] of Object.entries(table.indexes ?? {})) {
    if (present.includes(name)) continue;
    await call('UpdateTable', {
      AttributeDefinitions: attributesOf(table),
      GlobalSecondaryIndexUpdates: [{ Create: indexDefinition(name, index) }],
    });
  }
}

type Key = Pick<TableSettings, 'partitionKey' | 'sortKey'>;

function attributesOf(table: TableSettings): object[] {
  const keys = [table, ...Object.values(table.indexes ?? {})].flatMap(keyNames);
  return [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: 'S' }));
}

const indexDefinition = (name: string, key: Key) => ({
  IndexName: name,
  KeySchema: keySchema(key),
  Projection: { ProjectionType: 'KEYS_ONLY' },
});

const keyNames = ({ partitionKey, sortKey }: Key) => [
  partitionKey,
  ...(sortKey === undefined ? [] : [sortKey]),
];

const keySchema = (key: Key) =>
  keyNames(key).map((name, at) => ({ AttributeName: name, KeyType: at === 0 ? 'HASH' : 'RANGE' }));
