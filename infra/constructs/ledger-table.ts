import { StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { environment, tables } from '../../functions/runtime/settings.ts';
import { DurableTable, type DurableTableProps } from './durable-table.ts';
import type { HooklaneFunction } from './hooklane-function.ts';

/** What would change or remove an item. A Put cannot be told from one that replaces: the stream shows it. */
const changes = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
];

/** The append-only table of events and their audit items. Its own policy denies to everybody what updates or deletes. */
export class LedgerTable extends DurableTable {
  constructor(
    gateway: Construct,
    id: string,
    props: Pick<DurableTableProps, 'removalPolicy' | 'adopt' | 'key'>,
  ) {
    // The stream shows what IAM cannot forbid: a Put that replaced an item, or a removal that was not the TTL's.
    const stream = StreamViewType.NEW_AND_OLD_IMAGES;
    super(gateway, id, { ...props, name: 'LedgerTable', settings: tables.ledger, stream, denied: changes });
  }

  /** Read an event and append to it. Puts are conditional by the code's own rule (`functions/ledger/put-once.ts`). */
  grantAppend(fn: HooklaneFunction): void {
    fn.allow([{ actions: ['dynamodb:PutItem', 'dynamodb:Query'], resources: [this.tableArn] }], {
      [environment.ledgerTable]: this.tableName,
    });
  }

  /** Find events by lane and by time. */
  grantFind(fn: HooklaneFunction): void {
    fn.allow([{ actions: ['dynamodb:Query'], resources: this.indexArns }]);
  }

  /** Look at some items of many events at once. */
  grantGlance(fn: HooklaneFunction): void {
    fn.allow([{ actions: ['dynamodb:BatchGetItem'], resources: [this.tableArn] }]);
  }
}
