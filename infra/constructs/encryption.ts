import { Duration } from 'aws-cdk-lib';
import { TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { HooklaneFunction } from './hooklane-function.ts';

/** A customer's key, or undefined: the services' own keys, which cost nothing and need no permission. */
export type CustomerKey = IKey | undefined;

export const ofTable = (key: CustomerKey) =>
  key === undefined ? {} : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key };

/** Messages are ids without content. SQS keeps a data key for an hour: a request to KMS for each key and hour, not for each message. */
export const ofQueue = (key: CustomerKey) =>
  key === undefined
    ? { encryption: QueueEncryption.SQS_MANAGED }
    : { encryption: QueueEncryption.KMS, encryptionMasterKey: key, dataKeyReuse: Duration.hours(1) };

export const ofBucket = (key: CustomerKey) =>
  key === undefined
    ? { encryption: BucketEncryption.S3_MANAGED }
    : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true };

/** What services ask for in the name of a function that reads and writes what the key protects. */
const actions = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

export function grantKey(key: CustomerKey, fn: HooklaneFunction): void {
  if (key !== undefined) fn.allow([{ actions, resources: [key.keyArn] }]);
}
