import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { bucketObjects } from '../ledger/bucket.ts';
import { clientOptions } from '../runtime/compose.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { archiveRecords } from './archive-records.ts';

const patience = { maxAttempts: 3, timeoutMs: 10_000 };

const bucket = bucketObjects({
  bucket: readEnvironment('archiveBucket').archiveBucket,
  // For its region and credentials.
  aws: new DynamoDBClient(clientOptions(patience)).config,
  endpoint: process.env['AWS_ENDPOINT_URL_S3'] ?? process.env['AWS_ENDPOINT_URL'],
  isLocked: true,
  ...patience,
});

/** Called for what was added to the ledger, and for what was changed or removed other than by its time to live. */
export function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  return archiveRecords(Records, bucket);
}
