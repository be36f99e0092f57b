import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { readEnvironment } from '../environment.ts';

const { feederUrl } = readEnvironment('ledgerTable', 'stateTable', 'queueUrl', 'feederUrl');

export function handler(batch: SQSEvent): Promise<SQSBatchResponse> {
  throw new Error(`${batch.Records.length} letters of ${feederUrl} are not taken yet`);
}
