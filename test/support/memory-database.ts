import { DynamoDbModel } from '../simulation/dynamodb/model.ts';
import { shapes } from './dynamodb.ts';
import { startedAt, type Database } from './world.ts';

/** For tests that need thousands of items, or hundreds of worlds: the simulation's model, which passes the ledger's contract and parity tests. */
export function memoryDatabase(): Database & { readonly model: DynamoDbModel } {
  const model = new DynamoDbModel({ now: () => startedAt.getTime() });
  return {
    model,
    dynamodb: { send: async (command: object) => model.execute(command) },
    table: async (shape) => {
      model.createTable(shape, shapes[shape]);
      return shape;
    },
  };
}
