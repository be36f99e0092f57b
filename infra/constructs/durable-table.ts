import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  type StreamViewType,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { TableSettings } from '../../functions/runtime/settings.ts';
import { pinLogicalId } from './logical-id.ts';

interface DurableTableProps {
  readonly logicalId: string;
  readonly settings: TableSettings;
  /** Default none. */
  readonly stream?: StreamViewType;
}

const key = (name: string) => ({ name, type: AttributeType.STRING });

/** An on-demand table that outlives the stack: point-in-time recovery, deletion protection, retained, its logical id pinned. */
export class DurableTable extends Table {
  /** Of each index, by name; there is no wildcard among them. */
  readonly indexArns: readonly string[];

  constructor(scope: Construct, id: string, { logicalId, settings, stream }: DurableTableProps) {
    super(scope, id, {
      partitionKey: key(settings.partitionKey),
      sortKey: key(settings.sortKey),
      timeToLiveAttribute: settings.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(stream && { stream }),
    });
    pinLogicalId(this, logicalId);

    for (const [indexName, index] of Object.entries(settings.indexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: key(index.partitionKey),
        sortKey: key(index.sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    this.indexArns = Object.keys(settings.indexes).map((name) => `${this.tableArn}/index/${name}`);
  }
}
