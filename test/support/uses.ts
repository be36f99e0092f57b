import * as z from 'zod';

/** An action on a part of the stack, as a role names both: `dynamodb:PutItem LedgerTable`, `dynamodb:Query LedgerTable/index/by-lane`. */
export type Use = `${string}:${string} ${string}`;

/** Logical id of a table, queue or secret, by the name that commands give it. */
export type PartOf = (name: string) => string;

const item = z.looseObject({ TableName: z.string() });

const commandInput = z.looseObject({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  QueueUrl: z.string().optional(),
  SecretId: z.string().optional(),
  RequestItems: z.record(z.string(), z.unknown()).optional(),
  TransactItems: z.array(z.record(z.string(), item.optional())).optional(),
});

/** Of one command of the SDK, of its document client too. A transaction needs what each of its items does. */
export function usesOf(commandName: string, input: unknown, partOf: PartOf): readonly Use[] {
  const { TableName, IndexName, QueueUrl, SecretId, RequestItems, TransactItems } = commandInput.parse(input);
  const action = commandName.replace(/Command$/, '');
  if (TransactItems !== undefined) {
    return TransactItems.flatMap((one) =>
      Object.entries(one).flatMap(([kind, on]): Use[] =>
        on ? [`dynamodb:${itemAction(kind)} ${partOf(on.TableName)}`] : [],
      ),
    );
  }
  if (RequestItems !== undefined)
    return Object.keys(RequestItems).map((table): Use => `dynamodb:${itemAction(action)} ${partOf(table)}`);
  if (QueueUrl !== undefined) return [`sqs:${action.replace(/Batch$/, '')} ${partOf(QueueUrl)}`];
  if (SecretId !== undefined) return [`secretsmanager:${action} ${partOf(SecretId)}`];
  if (TableName === undefined) throw new Error(`what does ${commandName} need?`);
  const index = IndexName === undefined ? '' : `/index/${IndexName}`;
  return [`dynamodb:${itemAction(action)} ${partOf(TableName)}${index}`];
}

/** IAM's name of what the document client and the items of transactions call `Put` and the like. */
const itemAction = (kind: string): string =>
  /^(Put|Get|BatchGet|Update|Delete|ConditionCheck)$/.test(kind) ? `${kind}Item` : kind;

/** What each function did, by its name. */
export class Uses {
  readonly #byFunction = new Map<string, Set<Use>>();

  add(fn: string, uses: readonly Use[]): void {
    const before = this.#byFunction.get(fn) ?? new Set();
    this.#byFunction.set(fn, new Set([...before, ...uses]));
  }

  of(fn: string): readonly Use[] {
    return [...(this.#byFunction.get(fn) ?? [])].sort();
  }

  /** For the middleware of a client, as its first step: every command is one of this function. */
  by(fn: string, partOf: PartOf) {
    return <Args extends { readonly input: object }, Answer>(
        next: (args: Args) => Promise<Answer>,
        { commandName = 'unknown' }: { readonly commandName?: string },
      ) =>
      (args: Args): Promise<Answer> => {
        this.add(fn, usesOf(commandName, args.input, partOf));
        return next(args);
      };
  }
}

export const first = { step: 'initialize' } as const;
