import type { Construct } from 'constructs';
import { environment, tables } from '../../functions/runtime/settings.ts';
import { DurableTable, type DurableTableProps } from './durable-table.ts';
import type { HooklaneFunction } from './hooklane-function.ts';

/** Lanes, waits, rate limits, the attention list and finished steps: small, mutable, all of it derivable or expiring. */
export class StateTable extends DurableTable {
  constructor(gateway: Construct, id: string, props: Pick<DurableTableProps, 'removalPolicy' | 'adopt'>) {
    super(gateway, id, { ...props, name: 'StateTable', settings: tables.state });
  }

  grantReadWrite(fn: HooklaneFunction): void {
    fn.allow(
      [
        {
          actions: [
            'dynamodb:GetItem',
            'dynamodb:Query',
            'dynamodb:PutItem',
            'dynamodb:UpdateItem',
            'dynamodb:DeleteItem',
            'dynamodb:ConditionCheckItem',
          ],
          resources: [this.tableArn],
        },
      ],
      { [environment.stateTable]: this.tableName },
    );
  }

  /** Find what the sweeper has to look at. */
  grantFindDue(fn: HooklaneFunction): void {
    fn.allow([{ actions: ['dynamodb:Query'], resources: this.indexArns }]);
  }
}
