import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type Dynamo = Pick<DynamoDBDocumentClient, 'send'>;

/** A command of the document client, as far as tests look into it. */
export interface SentCommand {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** A client that lets a test stand between the code and the database: `next` passes the command on, as often as it is called. */
export function intercept(
  inner: Dynamo,
  around: (command: SentCommand, next: () => Promise<unknown>) => Promise<unknown>,
): Dynamo {
  const send = (command: { constructor: { name: string }; input: Record<string, unknown> }) =>
    around({ name: command.constructor.name, input: command.input }, () =>
      inner.send(command as unknown as Parameters<Dynamo['send']>[0]),
    );
  return { send };
}

const writes = ['PutCommand', 'TransactWriteCommand'];

export const isWrite = ({ name }: SentCommand): boolean => writes.includes(name);

/** Applies every write, loses its answer, and sends it again as the SDK does. `beforeRetry` may change what is sent again. */
export const losingAnswers = (inner: Dynamo, beforeRetry: (command: SentCommand) => void = () => undefined) =>
  intercept(inner, async (command, next) => {
    if (!isWrite(command)) return await next();
    await next();
    beforeRetry(command);
    return await next();
  });

/** Fails the first commands as `errors` say, in their order; the rest goes through. Counts what was tried. */
export function failingFirst(inner: Dynamo, errors: readonly Error[]) {
  const tried: SentCommand[] = [];
  const dynamodb = intercept(inner, async (command, next) => {
    tried.push({ ...command, input: { ...command.input } });
    const error = errors[tried.length - 1];
    if (error) throw error;
    return await next();
  });
  return { dynamodb, tried };
}
