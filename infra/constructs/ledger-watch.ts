import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { HooklaneFunction } from './hooklane-function.ts';

/**
 * Runs `fn` for what should never happen to the ledger: an item is changed, or removed other than by its time to live. Lambda reads the stream and
 * filters it free of charge, so that a sound ledger costs nothing here.
 */
export function watchLedger(streamArn: string, fn: HooklaneFunction): void {
  fn.allow([
    {
      actions: [
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:ListStreams',
      ],
      resources: [streamArn],
    },
  ]);
  fn.addEventSourceMapping('Stream', {
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    retryAttempts: 2,
    maxRecordAge: Duration.hours(1),
    filters: [
      FilterCriteria.filter({ eventName: ['MODIFY'] }),
      // Of the time to live it says that DynamoDB did it.
      FilterCriteria.filter({
        eventName: ['REMOVE'],
        userIdentity: { type: [{ exists: false }] },
      }),
    ],
  });
}
