import { Validations } from 'aws-cdk-lib';
import { FilterCriteria, StartingPosition, type EventSourceMappingOptions } from 'aws-cdk-lib/aws-lambda';
import type { HooklaneFunction } from './hooklane-function.ts';

/**
 * Runs `fn` for what should never happen to the ledger: an item is changed, or removed other than by its time to live. Lambda reads the stream and
 * filters it free of charge, so that a sound ledger costs nothing here.
 */
export function watchLedger(streamArn: string, fn: HooklaneFunction): void {
  runByStream(streamArn, fn, { batchSize: 100, filters: changedByOthers() });
}

/** Runs `fn` for what the stream says, again and again as long as the stream keeps it, which is a day. */
export function runByStream(
  eventSourceArn: string,
  fn: HooklaneFunction,
  options: Pick<EventSourceMappingOptions, 'batchSize' | 'maxBatchingWindow' | 'filters'>,
): void {
  grantReadStream(eventSourceArn, fn);
  fn.addEventSourceMapping('Stream', {
    eventSourceArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    ...options,
  });
  Validations.of(fn).acknowledge({
    id: 'Serverless-LambdaEventSourceMappingDestination',
    reason:
      'Nothing is given up while the stream has it, and an alarm tells hours before that; a destination would get the place in the stream, not the item.',
  });
}

/** Of a stream: what was changed, or removed other than by the time to live, of which it says that DynamoDB did it. */
export const changedByOthers = () => [
  FilterCriteria.filter({ eventName: ['MODIFY'] }),
  FilterCriteria.filter({ eventName: ['REMOVE'], userIdentity: { type: [{ exists: false }] } }),
];

/** What Lambda needs that reads a stream for a function. */
function grantReadStream(streamArn: string, fn: HooklaneFunction): void {
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
