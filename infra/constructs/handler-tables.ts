import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TableOptions } from '../../functions/config/config.ts';
import { tableVariable } from '../../functions/runtime/settings.ts';
import { DurableTable } from './durable-table.ts';
import type { CustomerKey } from './encryption.ts';
import type { HooklaneFunction } from './hooklane-function.ts';

interface HandlerTablesProps {
  readonly tables: Readonly<Record<string, TableOptions>>;
  readonly removalPolicy: RemovalPolicy;
  readonly key: CustomerKey;
  /** Names of tables that are there, by the name of the configuration. */
  readonly adopt: Readonly<Record<string, string>>;
}

const itemActions = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
];

const pascalCase = (name: string) =>
  name.replaceAll(/(?:^|-)([a-z0-9])/g, (_, first: string) => first.toUpperCase());

/**
 * The tables of handlers and own functions, as `tables` in `hooklane.config.ts` declares them: made here, and granted and named
 * (`PAID_ORDERS_TABLE`) to whoever may use them.
 */
export class HandlerTables {
  readonly byName: ReadonlyMap<string, DurableTable>;

  constructor(gateway: Construct, { tables, removalPolicy, key, adopt }: HandlerTablesProps) {
    this.byName = new Map(
      Object.entries(tables).map(([table, settings]) => {
        const name = `${pascalCase(table)}Table`;
        return [
          table,
          new DurableTable(gateway, name, { name, settings, removalPolicy, key, adopt: adopt[table] }),
        ];
      }),
    );
  }

  /** All that may be done with items; nothing with the table itself. */
  grantReadWrite(fn: HooklaneFunction, names: Iterable<string>): void {
    for (const name of names) {
      const table = this.byName.get(name);
      if (table === undefined) throw new Error(`the configuration has no table "${name}"`);
      fn.allow([{ actions: itemActions, resources: [table.tableArn] }], {
        [tableVariable(name)]: table.tableName,
      });
    }
  }
}
