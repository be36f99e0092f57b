import { tables } from '../../../functions/runtime/settings.ts';
import { ledgerContract } from '../../contract/ledger-contract.ts';
import { DynamoDbModel } from './model.ts';

ledgerContract('the model of the simulation', () => {
  const model = new DynamoDbModel({ now: Date.now });
  model.createTable('ledger', tables.ledger);
  model.createTable('state', tables.state);
  return Promise.resolve({
    dynamodb: { send: async (command: object) => model.execute(command) },
    ledgerTable: 'ledger',
    stateTable: 'state',
    close: () => Promise.resolve(),
  });
});
