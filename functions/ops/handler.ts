import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { clientOptions, compose } from '../runtime/compose.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { secretIds } from '../runtime/secret-ids.ts';
import config from '../runtime/sound-config.ts';
import { withSubscribers } from '../sources/subscribers.ts';
import type { OperationsDeps } from './deps.ts';
import { limitRequests } from './lists/limit-requests.ts';
import { atATime } from './lists/side-by-side.ts';
import { operations } from './operations.ts';
import { readOperationsRequest } from './operations-request.ts';
import { secretStateBy } from './secret-state.ts';

/** Two tries and no more than 4 s: an operator who asks while the ledger is down has an answer within 5 s. */
const impatient = { maxAttempts: 2, timeoutMs: 1900 };

const core = compose('ops', impatient, { bodies: true, sendsLetters: false });

const deps: OperationsDeps = {
  ...core,
  dynamodb: limitRequests(core.dynamodb, atATime),
  ...readEnvironment('deadLetterUrl'),
  sources: withSubscribers(config),
  // The bundle has it written in; see bundle-options.ts.
  version: process.env['HOOKLANE_VERSION'] ?? 'of the sources',
  secretOf: secretStateBy(new SecretsManagerClient(clientOptions(impatient)), secretIds()),
};

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  return await operations(readOperationsRequest(event), deps);
}
