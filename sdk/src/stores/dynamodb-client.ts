/** The document client of `@aws-sdk/lib-dynamodb`, as far as it is used. */
export interface DynamoDbClient {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the SDK's commands are generic over client and output
  send(command: any): Promise<unknown>;
}

type CommandName =
  | 'GetCommand'
  | 'PutCommand'
  | 'UpdateCommand'
  | 'DeleteCommand'
  | 'QueryCommand'
  | 'ScanCommand'
  | 'TransactWriteCommand';

export type Fields = Readonly<Record<string, unknown>>;

/** Sends a command of the document client; the package is loaded when first needed. */
export async function send(client: DynamoDbClient, name: CommandName, input: Fields): Promise<Fields> {
  const Command = await commandClass('@aws-sdk/lib-dynamodb', name);
  return fieldsOf(await client.send(new Command(input)));
}

/** The same for a command of the control plane. */
export async function sendToTable(client: DynamoDbClient, name: string, input: Fields): Promise<Fields> {
  const Command = await commandClass('@aws-sdk/client-dynamodb', name);
  return fieldsOf(await client.send(new Command(input)));
}

async function commandClass(module: string, name: string): Promise<new (input: Fields) => unknown> {
  let loaded: unknown;
  try {
    loaded = await import(module);
  } catch (cause) {
    throw new Error(`The DynamoDB store needs the package "${module}": npm install ${module}`, { cause });
  }
  const found: unknown =
    typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, name) : undefined;
  if (!isCommand(found)) throw new Error(`"${module}" has no ${name}`);
  return found;
}

const isCommand = (value: unknown): value is new (input: Fields) => unknown => typeof value === 'function';

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};

export const errorName = (error: unknown): string => (error instanceof Error ? error.name : '');

/** Why a transaction was cancelled, item by item (`None` for those that were fine). */
export function cancellationCodes(error: unknown): string[] {
  const reasons: unknown =
    typeof error === 'object' && error !== null ? Reflect.get(error, 'CancellationReasons') : [];
  return Array.isArray(reasons) ? reasons.map((reason) => String(fieldsOf(reason)['Code'])) : [];
}
