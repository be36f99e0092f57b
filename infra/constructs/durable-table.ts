import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  Table,
  type StreamViewType,
} from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { TableSettings } from '../../functions/runtime/settings.ts';
import { ofTable, type CustomerKey } from './encryption.ts';
import { pinLogicalId } from './logical-id.ts';

export interface DurableTableProps {
  /** Its logical id is that of the gateway with this behind it. */
  readonly name: string;
  readonly settings: TableSettings;
  /** Default none. */
  readonly stream?: StreamViewType;
  /** Actions that its own policy denies to everybody, whatever theirs allow. Default none. */
  readonly denied?: readonly string[];
  readonly removalPolicy: RemovalPolicy;
  readonly key: CustomerKey;
  /** Name of a table that is there: one that an earlier stack has left behind. */
  readonly adopt?: string | undefined;
}

const key = (name: string) => ({ name, type: AttributeType.STRING });

const denyToAll = (actions: readonly string[]) =>
  new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    // The table's own ARN would be a circle: `*` in a table's policy is the table.
    resources: ['*'],
  });

/**
 * An on-demand table that outlives the stack: point-in-time recovery, deletion protection, retained, its logical id pinned. One that is adopted is
 * left as it is.
 */
export class DurableTable extends Construct {
  readonly tableName: string;
  readonly tableArn: string;
  /** Of a table that is made with a stream. */
  readonly streamArn: string | undefined;
  /** Of each index, by name; there is no wildcard among them. */
  readonly indexArns: readonly string[];

  constructor(gateway: Construct, id: string, props: DurableTableProps) {
    super(gateway, id);
    const { settings, adopt } = props;
    if (adopt === undefined)
      ({
        tableName: this.tableName,
        tableArn: this.tableArn,
        tableStreamArn: this.streamArn,
      } = this.#make(gateway, props));
    else {
      this.tableName = adopt;
      this.tableArn = Stack.of(this).formatArn({
        service: 'dynamodb',
        resource: 'table',
        resourceName: adopt,
      });
    }
    this.indexArns = Object.keys(settings.indexes ?? {}).map((name) => `${this.tableArn}/index/${name}`);
  }

  #make(
    gateway: Construct,
    { name, settings, stream, denied, removalPolicy, key: customerKey }: DurableTableProps,
  ): Table {
    const table = new Table(this, 'Table', {
      partitionKey: key(settings.partitionKey),
      ...(settings.sortKey !== undefined && { sortKey: key(settings.sortKey) }),
      ...(settings.timeToLive !== undefined && { timeToLiveAttribute: settings.timeToLive }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: removalPolicy !== RemovalPolicy.DESTROY,
      removalPolicy,
      ...ofTable(customerKey),
      ...(stream && { stream }),
      ...(denied && { resourcePolicy: new PolicyDocument({ statements: [denyToAll(denied)] }) }),
    });
    pinLogicalId(table, gateway, name);
    for (const [indexName, index] of Object.entries(settings.indexes ?? {})) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: key(index.partitionKey),
        sortKey: key(index.sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      });
    }
    return table;
  }
}
