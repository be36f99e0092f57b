import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { compose } from '../runtime/compose.ts';
import config from '../runtime/sound-config.ts';
import type { OperationsDeps } from './deps.ts';
import { operations } from './operations.ts';
import { readOperationsRequest } from './operations-request.ts';

/** Two tries and no more than 4 s: an operator who asks while the ledger is down has an answer within 5 s. */
const core = compose('ops', { maxAttempts: 2, timeoutMs: 1900 }, { bodies: false, sendsLetters: false });

const deps: OperationsDeps = { ...core, sources: config.sources };

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  return await operations(readOperationsRequest(event), deps);
}
