import type { RepairDeps } from '../lane/repair.ts';
import type { Core } from '../runtime/core.ts';
import type { Source } from '../sources/source.ts';

export interface OperationsDeps extends RepairDeps, Pick<Core, 'dynamodb' | 'ledgerTable'> {
  readonly sources: Readonly<Record<string, Source>>;
}
