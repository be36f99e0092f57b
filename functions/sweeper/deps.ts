import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SettleDeps } from '../lane/settle.ts';
import type { Source } from '../sources/source.ts';

export interface SweeperDeps extends SettleDeps {
  readonly dynamodb: Pick<DynamoDBDocumentClient, 'send'>;
  readonly ledgerTable: string;
  readonly sources: Readonly<Record<string, Source>>;
  readonly queue: () => Promise<QueueDepth>;
  /** Attempts the processor may run at the same time. */
  readonly maxConcurrency: number;
  /** Of the lane queue: a message that was received is back, or dead-lettered, after this long. */
  readonly visibilityTimeoutSeconds: number;
  /** When this run has to end; what it has not read by then the next one reads. */
  readonly deadline: Date;
}

/** One run of the sweeper. */
export interface SweepDeps extends SweeperDeps {
  /** Something went wrong with one event or lane: the run goes on with the others, and fails at its end. */
  readonly failed: (about: string, error: unknown) => void;
}

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
}
