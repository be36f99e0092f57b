import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { HooklaneFunction } from './hooklane-function.ts';

/**
 * Runs `fn` for what should never happen to the ledger: an item is changed, or removed other than by its time to live. Lambda reads the stream and
 * filters it free of charge, so that a sound ledger costs nothing here.
 */
export function watchLedger(streamArn: string, fn: HooklaneFunction): void {
  grantReadStream(streamArn, fn);
  fn.addEventSourceMapping('Stream', {
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    retryAttempts: 2,
    maxRecordAge: Duration.hours(1),
    filters: changedByOthers(),
  });
}

/** Of a stream: what was changed, or removed other than by the time to live, of which it says that DynamoDB did it. */
export const changedByOthers = () => [
  FilterCriteria.filter({ eventName: ['MODIFY'] }),
  FilterCriteria.filter({ eventName: ['REMOVE'], userIdentity: { type: [{ exists: false }] } }),
];

/** What Lambda needs that reads a stream for a function. */
export function grantReadStream(streamArn: string, fn: HooklaneFunction): void {
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
}
