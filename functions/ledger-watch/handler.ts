import type { DynamoDBStreamEvent } from 'aws-lambda';
import { measured } from '../runtime/metrics.ts';
import { powertoolsLog } from '../runtime/powertools-log.ts';

const log = powertoolsLog('ledger-watch');

/** Called for items of the ledger that were replaced, changed or removed, other than by their time to live: the audit was tampered with. */
export function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  const items = Records.map(({ eventName, dynamodb }) => ({ eventName, ...dynamodb?.Keys }));
  log.error('the ledger was changed', {
    items,
    ...measured<'ledger-watch'>({ LedgerChanged: Records.length }),
  });
  // Runtimes before Node 24 wait for a callback where no promise is returned.
  return Promise.resolve();
}
