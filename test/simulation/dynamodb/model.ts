import {
  IdempotentParameterMismatchException,
  ResourceNotFoundException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type BatchGetCommandInput,
  type GetCommandInput,
  type QueryCommandInput,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { nameOf, parseCondition, valueOf, type Placeholders } from './condition.ts';
import { conditionFailed, invalid, onWire, storedItem, type Item } from './items.ts';
import { ModelTable, type TableShape } from './table.ts';
import { applyUpdate } from './update.ts';

/** One change of one item, as it was committed. `after` is undefined for a delete. */
export interface Write {
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

interface Placeholding {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, unknown> | undefined;
}

interface Conditioned extends Placeholding {
  readonly TableName: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

interface Planned {
  readonly table: ModelTable;
  readonly pk: string;
  readonly sk: string;
  readonly before: Item | undefined;
  readonly request: Conditioned;
  /** What the item becomes; `check` changes nothing. */
  readonly after: Item | undefined | 'check';
}

/** SQS and DynamoDB agree on ten minutes for one, five for the other: a transaction's token is known for ten. */
const tokenKnownMs = 600_000;

/**
 * DynamoDB as a synchronous object that takes the document client's commands: each is applied at once and whole. Knows what the project
 * uses and throws for the rest. Pages are cut after `pageItems` items (default: after a megabyte, roughly).
 */
export class DynamoDbModel {
  readonly tables = new Map<string, ModelTable>();
  readonly #now: () => number;
  readonly #tokens = new Map<string, { readonly items: object; readonly at: number }>();
  readonly #onWrite: (write: Write) => void;
  pageItems: () => number = () => Infinity;

  constructor({ now, onWrite = () => undefined }: { now: () => number; onWrite?: (write: Write) => void }) {
    this.#now = now;
    this.#onWrite = onWrite;
  }

  createTable(name: string, shape: TableShape): void {
    this.tables.set(name, new ModelTable(name, shape));
  }

  /** What the command answers. @throws the SDK's own exceptions. */
  execute(command: unknown): unknown {
    // The most frequent ones first.
    if (command instanceof QueryCommand) return this.#query(command.input);
    if (command instanceof GetCommand) return this.#get(command.input);
    if (command instanceof PutCommand) {
      const { input } = command;
      return this.#single(this.#planPut(input), input.ReturnValues);
    }
    if (command instanceof UpdateCommand) {
      const { input } = command;
      return this.#single(this.#planUpdate(input), input.ReturnValues);
    }
    if (command instanceof DeleteCommand) {
      const { input } = command;
      return this.#single(this.#planDelete(input), input.ReturnValues);
    }
    if (command instanceof BatchGetCommand) return this.#batchGet(command.input);
    if (command instanceof TransactWriteCommand) return this.#transact(command.input);
    throw new Error(`the model does not know ${String(command?.constructor.name)}`);
  }

  /** Keys of the items a command would write or check, to see which transactions overlap. */
  keysOf(command: unknown): readonly string[] {
    const key = (name: string | undefined, item: object = {}): string => {
      const { pk, sk } = this.#table(name).keyOf(item);
      return `${name} ${pk} ${sk}`;
    };
    if (command instanceof PutCommand) return [key(command.input.TableName, command.input.Item)];
    if (command instanceof UpdateCommand || command instanceof DeleteCommand) {
      return [key(command.input.TableName, command.input.Key)];
    }
    if (!(command instanceof TransactWriteCommand)) return [];
    return (command.input.TransactItems ?? []).map(({ Put, Delete, Update, ConditionCheck }) => {
      if (Put) return key(Put.TableName, Put.Item);
      const other = Delete ?? Update ?? ConditionCheck;
      return key(other?.TableName, other?.Key);
    });
  }

  #table(name: string | undefined): ModelTable {
    const table = this.tables.get(name ?? '');
    if (table) return table;
    throw new ResourceNotFoundException({ message: 'Requested resource not found', $metadata: {} });
  }

  #planPut(input: Conditioned & { readonly Item?: object | undefined }): Planned {
    const table = this.#table(input.TableName);
    checkPlaceholders(input, input.ConditionExpression);
    const after = storedItem(input.Item ?? {});
    const { pk, sk } = table.keyOf(after, true);
    return { table, pk, sk, before: table.get(pk, sk), request: input, after };
  }

  #planDelete(input: Conditioned & { readonly Key?: object | undefined }): Planned {
    const table = this.#table(input.TableName);
    checkPlaceholders(input, input.ConditionExpression);
    const { pk, sk } = table.keyOf(input.Key ?? {});
    return { table, pk, sk, before: table.get(pk, sk), request: input, after: undefined };
  }

  #planUpdate(
    input: Conditioned & {
      readonly Key?: object | undefined;
      readonly UpdateExpression?: string | undefined;
    },
  ): Planned {
    const table = this.#table(input.TableName);
    checkPlaceholders(input, input.UpdateExpression, input.ConditionExpression);
    const key = storedItem(input.Key ?? {});
    const { pk, sk } = table.keyOf(key);
    const before = table.get(pk, sk);
    const after = applyUpdate(input.UpdateExpression ?? '', before ?? key, placeholders(input));
    return { table, pk, sk, before, request: input, after: storedItem(after) };
  }

  #single(planned: Planned, returned: string | undefined): object {
    if (!holds(planned)) throw conditionFailed(oldItemOf(planned));
    this.#commit(planned);
    const { before, after } = planned;
    if (returned === 'ALL_OLD' && before) return { Attributes: before };
    if ((returned === 'ALL_NEW' || returned === 'UPDATED_NEW') && after !== undefined && after !== 'check') {
      const changed = Object.entries(after).filter(
        ([name, value]) => returned === 'ALL_NEW' || before?.[name] !== value,
      );
      return { Attributes: storedItem(Object.fromEntries(changed)) };
    }
    return {};
  }

  #commit({ table, pk, sk, before, after }: Planned): void {
    if (after === 'check') return;
    if (after === undefined) table.delete(pk, sk, this.#now());
    else table.put(pk, sk, after, this.#now());
    if (before !== undefined || after !== undefined) {
      this.#onWrite({ table: table.name, pk, sk, before, after });
    }
  }

  #planned({ TransactItems = [] }: TransactWriteCommandInput): readonly Planned[] {
    return TransactItems.map(({ Put, Delete, Update, ConditionCheck }): Planned => {
      if (Put) return this.#planPut(Put);
      if (Delete) return this.#planDelete(Delete);
      if (Update) return this.#planUpdate(Update);
      if (ConditionCheck) return { ...this.#planDelete(ConditionCheck), after: 'check' };
      throw invalid('a transaction item must hold one operation');
    });
  }

  #transact(input: TransactWriteCommandInput): object {
    const { TransactItems = [], ClientRequestToken: token } = input;
    if (TransactItems.length === 0 || TransactItems.length > 100) {
      throw invalid('Member must have length between 1 and 100');
    }
    if (token !== undefined && this.#isRepeated(token, TransactItems)) return {};
    const planned = this.#planned(input);
    const isDouble = planned.some(({ table, pk, sk }, at) =>
      planned.some(
        (other, place) => place < at && other.table === table && other.pk === pk && other.sk === sk,
      ),
    );
    if (isDouble) {
      throw invalid('Transaction request cannot include multiple operations on one item');
    }
    if (!planned.every(holds)) throw cancelled(planned.map(reasonOf));
    for (const one of planned) this.#commit(one);
    if (token !== undefined) {
      this.#tokens.set(token, { items: TransactItems, at: this.#now() });
    }
    return {};
  }

  #isRepeated(token: string, items: object): boolean {
    const first = this.#tokens.get(token);
    if (!first || first.at + tokenKnownMs < this.#now()) return false;
    if (first.items === items || JSON.stringify(first.items) === JSON.stringify(items)) return true;
    throw new IdempotentParameterMismatchException({ message: 'other parameters', $metadata: {} });
  }

  #get(input: GetCommandInput): object {
    if (input.ProjectionExpression !== undefined) throw new Error('the model knows no projection');
    const table = this.#table(input.TableName);
    const { pk, sk } = table.keyOf(input.Key ?? {});
    const item = table.get(pk, sk);
    return item ? { Item: item } : {};
  }

  #batchGet({ RequestItems = {} }: BatchGetCommandInput): object {
    const answered = Object.entries(RequestItems).map(([name, { Keys = [], ...request }]) => {
      const table = this.#table(name);
      checkPlaceholders(request, request.ProjectionExpression);
      const keys = Keys.map((key) => table.keyOf(key));
      if (new Set(keys.map(({ pk, sk }) => JSON.stringify([pk, sk]))).size < keys.length)
        throw invalid('Provided list of item keys contains duplicates');
      const items = keys.flatMap(({ pk, sk }): readonly Item[] => {
        const item = table.get(pk, sk);
        return item === undefined ? [] : [projected(item, request)];
      });
      return [name, items] as const;
    });
    return { Responses: Object.fromEntries(answered) };
  }

  #query(input: QueryCommandInput): object {
    if (unknownToQuery.some((option) => input[option] !== undefined))
      throw new Error('the model only knows key conditions');
    const table = this.#table(input.TableName);
    if (input.IndexName !== undefined && input.ConsistentRead) {
      throw invalid('Consistent reads are not supported on global secondary indexes');
    }
    checkPlaceholders(input, input.KeyConditionExpression);
    const names = placeholders(input);
    const expression = input.KeyConditionExpression ?? '';
    const condition = parseCondition(expression);
    const pk = partitionNamed(expression, table.partitionKeyOf(input.IndexName), names);
    const forward = input.ScanIndexForward !== false;
    const after = input.ExclusiveStartKey && table.placeOf(input.IndexName, input.ExclusiveStartKey);
    const isBehind = (place: string) => after === undefined || (forward ? place > after : place < after);
    const rows = table
      .rows(input.IndexName, pk, this.#now())
      .filter(({ item, place }) => isBehind(place) && condition(item, names));
    if (!forward) rows.reverse();
    const size = Math.max(1, Math.min(input.Limit ?? Infinity, this.pageItems()));
    const page = rows.slice(0, cutAfterMegabyte(rows, size));
    const isCut = page.length < rows.length || (input.Limit !== undefined && page.length === input.Limit);
    const last = isCut ? page.at(-1) : undefined;
    return {
      Items: page.map(({ item }) => item),
      Count: page.length,
      ScannedCount: page.length,
      ...(last && { LastEvaluatedKey: table.startKeyOf(input.IndexName, last.item) }),
    };
  }
}

/** Knows attributes of the item itself, and none within them. */
function projected(
  item: Item,
  { ProjectionExpression, ...rest }: Placeholding & { readonly ProjectionExpression?: string | undefined },
): Item {
  const names = ProjectionExpression?.split(', ').map((name) =>
    name.startsWith('#') ? nameOf(name, placeholders(rest)) : name,
  );
  return names === undefined
    ? item
    : storedItem(Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name))));
}

const unknownToQuery = ['FilterExpression', 'ProjectionExpression', 'Select', 'QueryFilter'] as const;

const partitions = new Map<string, readonly string[]>();

/** A key condition begins with the partition. */
function partitionNamed(expression: string, partitionKey: string, p: Placeholders): string {
  const parts = partitions.get(expression) ?? /^\s*(#?\w+)\s*=\s*(:\w+)/.exec(expression)?.slice(1) ?? [];
  partitions.set(expression, parts);
  const [name = '', value = ''] = parts;
  const named = name.startsWith('#') ? nameOf(name, p) : name;
  const pk = named === partitionKey ? valueOf(value, p) : undefined;
  if (typeof pk !== 'string') throw invalid(`Query condition missed key schema element: ${partitionKey}`);
  return pk;
}

const placeholders = (input: Placeholding): Placeholders => ({
  names: input.ExpressionAttributeNames ?? {},
  values: input.ExpressionAttributeValues ?? {},
});

const used = new Map<string, ReadonlySet<string>>();

function placeholdersIn(expression: string): ReadonlySet<string> {
  const known = used.get(expression);
  if (known) return known;
  const found = new Set<string>(expression.match(/[#:]\w+/g) ?? []);
  used.set(expression, found);
  return found;
}

/** DynamoDB refuses names and values that no expression uses. */
function checkPlaceholders(input: Placeholding, expression: string | undefined, another?: string): void {
  for (const given of [input.ExpressionAttributeNames, input.ExpressionAttributeValues]) {
    for (const name in given) {
      const isUsed =
        (expression !== undefined && placeholdersIn(expression).has(name)) ||
        (another !== undefined && placeholdersIn(another).has(name));
      if (!isUsed) throw invalid(`Value provided in expression attributes unused in expressions: ${name}`);
    }
  }
}

function holds({ before, request }: Planned): boolean {
  const { ConditionExpression: condition } = request;
  return condition === undefined || parseCondition(condition)(before, placeholders(request));
}

const oldItemOf = ({ before, request }: Planned): Item | undefined =>
  request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? before : undefined;

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: ReturnType<typeof onWire>;
}

function reasonOf(planned: Planned): Reason {
  if (holds(planned)) return { Code: 'None' };
  const old = oldItemOf(planned);
  return {
    Code: 'ConditionalCheckFailed',
    Message: 'The conditional request failed',
    ...(old && { Item: onWire(old) }),
  };
}

export function cancelled(reasons: readonly Reason[]): TransactionCanceledException {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return new TransactionCanceledException({
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    $metadata: {},
    CancellationReasons: [...reasons],
  });
}

const megabyte = 1024 * 1024;
/** Fewer rows are never a megabyte: an event's body is among them once, and is 300 KB at most. */
const fewRows = 2;

function cutAfterMegabyte(rows: readonly { readonly item: Item }[], size: number): number {
  if (rows.length <= fewRows) return size;
  let bytes = 0;
  for (let at = 0; at < Math.min(rows.length, size); at++) {
    bytes += sizeOf(rows[at]?.item);
    if (bytes > megabyte) return at + 1;
  }
  return size;
}

const sizes = new WeakMap<object, number>();

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  const known = sizes.get(value);
  if (known !== undefined) return known;
  let size = 3;
  for (const name of Object.keys(value)) size += name.length + sizeOf(Reflect.get(value, name));
  sizes.set(value, size);
  return size;
}
