import { Duration, Stack, Validations, type RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environment } from '../../functions/runtime/settings.ts';
import { ofBucket, type CustomerKey } from './encryption.ts';
import type { HooklaneFunction } from './hooklane-function.ts';
import { pinLogicalId } from './logical-id.ts';

/** DynamoDB's TTL removes an item within a few days of its time; until then its body must be there. */
const daysPastRetention = 7;

interface BodyBucketProps {
  /** Of the source that keeps its bodies longest. */
  readonly retentionDays: number;
  readonly removalPolicy: RemovalPolicy;
  readonly key: CustomerKey;
  /** Name of a bucket that is there: one that an earlier stack has left behind. */
  readonly adopt?: string | undefined;
}

/** Bodies too large for a ledger item. Written once, never replaced, and removed by age alone. */
export class BodyBucket extends Construct {
  readonly bucket: Pick<IBucket, 'bucketName' | 'bucketArn' | 'arnForObjects'>;

  constructor(gateway: Construct, id: string, props: BodyBucketProps) {
    super(gateway, id);
    this.bucket =
      props.adopt === undefined
        ? this.#make(gateway, props)
        : Bucket.fromBucketName(this, 'Bucket', props.adopt);
    Validations.of(Stack.of(this)).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::<BodyBucket.Arn>/*]',
      reason:
        'Keys are made of content hashes, so that the objects of this one bucket cannot be named ahead.',
    });
  }

  #make(gateway: Construct, { retentionDays, removalPolicy, key }: BodyBucketProps): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      ...ofBucket(key),
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy,
      lifecycleRules: [
        {
          expiration: Duration.days(retentionDays + daysPastRetention),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    pinLogicalId(bucket, gateway, 'BodyBucket');

    // IAM cannot tell a new object from a replaced one; If-None-Match can, and S3 lets a policy ask for it.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'BodiesAreNeverReplaced',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('*')],
        conditions: {
          Null: { 's3:if-none-match': 'true' },
          Bool: { 's3:ObjectCreationOperation': 'true' },
        },
      }),
    );

    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Who wrote which body is in the ledger; access logs would be a second bucket of sender addresses to protect.',
    });
    return bucket;
  }

  grantPut(fn: HooklaneFunction): void {
    fn.allow([{ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects('*')] }], {
      [environment.bodyBucket]: this.bucket.bucketName,
    });
  }

  grantGet(fn: HooklaneFunction): void {
    fn.allow(
      [
        { actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects('*')] },
        // Without it S3 answers 403 instead of 404 for a body that has expired.
        { actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] },
      ],
      { [environment.bodyBucket]: this.bucket.bucketName },
    );
  }
}
