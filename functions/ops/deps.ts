import type { RepairDeps } from '../lane/repair.ts';
import type { Core } from '../runtime/core.ts';
import type { Source } from '../sources/source.ts';

/** Whether a secret has a value; the value itself is not asked for. */
export interface SecretState {
  readonly isPresent: boolean;
  readonly changedAt: Date | undefined;
}

export interface OperationsDeps
  extends RepairDeps, Pick<Core, 'dynamodb' | 'ledgerTable' | 'sqs' | 'queueUrl' | 'sleep'> {
  readonly sources: Readonly<Record<string, Source>>;
  readonly deadLetterUrl: string;
  /** Of Hooklane, as it is deployed. */
  readonly version: string;
  /** Of the secret of this source. */
  readonly secretOf: (source: string) => Promise<SecretState>;
}
