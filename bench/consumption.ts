import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { localClientConfig } from '../local/client-config.ts';

/** What a part of the work asked of AWS. */
export interface Consumption {
  /** Requests by name: DynamoDB's commands, and `Send`, `Receive`, `Delete`, `ChangeVisibility` of SQS. */
  readonly requests: Readonly<Record<string, number>>;
  readonly writeUnits: number;
  readonly readUnits: number;
}

const units = z.object({ CapacityUnits: z.number() });
const answer = z.object({
  output: z.object({ ConsumedCapacity: z.union([units, z.array(units)]).optional() }),
});
const reads = ['GetItem', 'BatchGetItem', 'Query'];

/** Counts requests, and adds up the capacity that DynamoDB says they consumed (tables and indexes together). */
export class Meter {
  #requests: Record<string, number> = {};
  #writeUnits = 0;
  #readUnits = 0;

  count(request: string): void {
    this.#requests[request] = (this.#requests[request] ?? 0) + 1;
  }

  /** A client of a local database whose every request is metered, also those of document clients made from it. */
  client(endpoint: string): DynamoDBClient {
    const client = new DynamoDBClient(localClientConfig(endpoint));
    client.middlewareStack.add(
      (next, { commandName = 'unknown' }) =>
        async (args) => {
          const operation = commandName.replace(/Command$/, '');
          this.count(operation);
          Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
          const result = await next(args);
          const { ConsumedCapacity: consumed = [] } = answer.parse(result).output;
          const sum = [consumed].flat().reduce((total, { CapacityUnits }) => total + CapacityUnits, 0);
          if (reads.includes(operation)) this.#readUnits += sum;
          else this.#writeUnits += sum;
          return result;
        },
      { step: 'initialize', priority: 'low', name: 'meter' },
    );
    return client;
  }

  /** What was metered since the last time this was asked. */
  take(): Consumption {
    const taken = { requests: this.#requests, writeUnits: this.#writeUnits, readUnits: this.#readUnits };
    this.#requests = {};
    this.#writeUnits = 0;
    this.#readUnits = 0;
    return taken;
  }
}
