import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

type Client = Pick<DynamoDBDocumentClient, 'send'>;

/**
 * A client that has at most so many requests under way. The others wait here, where no timeout runs; in the client's own line theirs would, and a
 * list of many sources fail although the table answers.
 */
export function limitRequests(inner: Client, most: number): Client {
  let free = most;
  const line: (() => void)[] = [];
  const send = async (command: Parameters<Client['send']>[0]): Promise<unknown> => {
    if (free > 0) free--;
    else await new Promise<void>((begin) => line.push(begin));
    try {
      return await inner.send(command);
    } finally {
      const next = line.shift();
      if (next) next();
      else free++;
    }
  };
  return { send };
}
