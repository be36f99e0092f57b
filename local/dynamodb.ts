import { tables, type TableSettings } from '../functions/settings.ts';
import { AwsJsonError, callAwsJson } from './aws-json.ts';
import { findDynoxide, startDynoxide, type Dynoxide } from './dynoxide.ts';
import { reasonOf, StartError } from './start-error.ts';

/** Physical name of a table of `settings.tables`. */
export const tableName = (table: keyof typeof tables): string => `hooklane-${table}`;

/**
 * The database of the local cloud: `HOOKLANE_DYNAMODB_ENDPOINT` where that is set, else the installed binary on a file. Its tables
 * exist when this resolves.
 */
export async function startDynamoDb(options: {
  readonly endpoint: string | undefined;
  readonly port: number;
  readonly file: string;
  readonly log: (line: string) => void;
  readonly onRestart: () => void;
}): Promise<Dynoxide> {
  const database = options.endpoint === undefined ? await startBinary(options) : elsewhere(options.endpoint);
  try {
    await Promise.all(
      Object.entries(tables).map(([name, table]) => createTable(database.endpoint, name, table)),
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
      `There is no local DynamoDB for this platform: install @dynoxide/${process.platform}-${process.arch}, ` +
        'or set HOOKLANE_DYNAMODB_ENDPOINT to one that runs, such as DynamoDB Local.',
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
  const indexes = Object.entries(table.indexes);
  const keys = [table, ...Object.values(table.indexes)].flatMap((key) => [key.partitionKey, key.sortKey]);
  const definition = {
    TableName: `hooklane-${name}`,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
    KeySchema: keySchema(table),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([indexName, index]) => ({
        IndexName: indexName,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  };
  try {
    await callAwsJson(endpoint, 'DynamoDB_20120810.CreateTable', definition);
  } catch (error) {
    if (!(error instanceof AwsJsonError && error.code === 'ResourceInUseException')) throw error;
  }
}

const keySchema = (key: { partitionKey: string; sortKey: string }) => [
  { AttributeName: key.partitionKey, KeyType: 'HASH' },
  { AttributeName: key.sortKey, KeyType: 'RANGE' },
];
