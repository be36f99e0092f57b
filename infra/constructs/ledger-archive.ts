import { Duration, Stack, Validations, type RemovalPolicy } from 'aws-cdk-lib';
import { FilterCriteria } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environment } from '../../functions/runtime/settings.ts';
import { ofBucket, type CustomerKey } from './encryption.ts';
import type { HooklaneFunction } from './hooklane-function.ts';
import { changedByOthers, runByStream } from './ledger-watch.ts';
import { pinLogicalId } from './logical-id.ts';

/** Copies of everything that the ledger ever held, which nobody can change or remove for a time. */
export interface ArchiveOptions {
  /** For which an object is locked; it stays until somebody removes it. */
  readonly days: number;
  /** `governance` (default): who has `s3:BypassGovernanceRetention` may remove objects. `compliance`: nobody, the account's root neither. */
  readonly mode?: 'governance' | 'compliance';
}

interface LedgerArchiveProps extends ArchiveOptions {
  readonly removalPolicy: RemovalPolicy;
  readonly key: CustomerKey;
}

/** A bucket with Object Lock, and what copies the ledger's stream into it. */
export class LedgerArchive extends Construct {
  readonly bucket: Bucket;

  constructor(gateway: Construct, id: string, { days, mode, removalPolicy, key }: LedgerArchiveProps) {
    super(gateway, id);
    const retention = Duration.days(days);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...ofBucket(key),
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        mode === 'compliance'
          ? ObjectLockRetention.compliance(retention)
          : ObjectLockRetention.governance(retention),
      removalPolicy,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    pinLogicalId(this.bucket, gateway, 'LedgerArchive');
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One function writes here, and objects are locked: access logs would say nothing that a loss could be traced by.',
    });
    Validations.of(Stack.of(this)).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::<LedgerArchive.Arn>/*]',
      reason: "Objects are named by the stream's numbers, which cannot be known ahead.",
    });
  }

  copyBy(fn: HooklaneFunction, streamArn: string): void {
    fn.allow([{ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects('*')] }], {
      [environment.archiveBucket]: this.bucket.bucketName,
    });
    runByStream(streamArn, fn, {
      // An object for each minute and shard, not for each event.
      batchSize: 1000,
      maxBatchingWindow: Duration.minutes(1),
      filters: [FilterCriteria.filter({ eventName: ['INSERT'] }), ...changedByOthers()],
    });
  }
}
