import type { Construct } from 'constructs';
import { environment, tables } from '../../functions/runtime/settings.ts';
import { DurableTable } from './durable-table.ts';
import type { HooklaneFunction } from './hooklane-function.ts';

/** The orders example's own table: orders and their events. */
export class OrdersTable extends DurableTable {
  constructor(scope: Construct, id: string) {
    super(scope, id, { logicalId: 'OrdersTable', settings: tables.orders });
  }

  /** Orders are created and moved, and their history is read; nothing of them is deleted. */
  grantReadWrite(fn: HooklaneFunction): void {
    fn.allow(
      [
        {
          actions: [
            'dynamodb:GetItem',
            'dynamodb:Query',
            'dynamodb:PutItem',
            'dynamodb:UpdateItem',
            'dynamodb:ConditionCheckItem',
          ],
          resources: [this.tableArn],
        },
      ],
      { [environment.ordersTable]: this.tableName },
    );
  }
}
