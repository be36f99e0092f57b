import type { Construct } from 'constructs';
import { environment, tables } from '../../functions/runtime/settings.ts';
import { DurableTable, type DurableTableProps } from './durable-table.ts';
import type { HooklaneFunction } from './hooklane-function.ts';

/** Lanes, waits, rate limits, the attention list and finished steps: small, mutable, all of it derivable or expiring. */
export class StateTable extends DurableTable {
  constructor(
    gateway: Construct,
    id: string,
    props: Pick<DurableTableProps, 'removalPolicy' | 'adopt' | 'key'>,
  ) {
    super(gateway, id, { ...props, name: 'StateTable', settings: tables.state });
  }

  /** Read lanes and move them: what every function does that appends to an event. */
  grantMove(fn: HooklaneFunction): void {
    this.#grant(fn, ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem']);
    fn.allow([], { [environment.stateTable]: this.tableName });
  }

  /** Look through a lane's waiting events, and the lists of attention and of letters. */
  grantList(fn: HooklaneFunction): void {
    this.#grant(fn, ['dynamodb:Query']);
  }

  /** Count requests and failures in a row, note steps, and keep promises. */
  grantUpdate(fn: HooklaneFunction): void {
    this.#grant(fn, ['dynamodb:UpdateItem']);
  }

  /** Find what the sweeper has to look at, and the lanes to which a slot is handed on. */
  grantFindDue(fn: HooklaneFunction): void {
    fn.allow([{ actions: ['dynamodb:Query'], resources: this.indexArns }]);
  }

  #grant(fn: HooklaneFunction, actions: readonly string[]): void {
    fn.allow([{ actions, resources: [this.tableArn] }]);
  }
}
