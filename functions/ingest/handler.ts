import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { clientOptions, compose } from '../runtime/compose.ts';
import config from '../runtime/sound-config.ts';
import { secretIds } from '../runtime/secret-ids.ts';
import { secretReader } from '../secrets/secret-store.ts';
import { secretsManagerFetch, secretsManagerKeep } from '../secrets/secrets-manager.ts';
import { toHttpAnswer } from './http-answer.ts';
import { readHttpRequest } from './http-request.ts';
import { ingest, type IngestDeps } from './ingest.ts';
import { rateLimiter } from './rate-limit.ts';
import { rejectionLog } from './rejection-log.ts';

/** Two tries and little more than 3 s for one call: whichever service is down, the sender has its 503 within 5 s, also from an instance that starts first. */
const impatient = { maxAttempts: 2, timeoutMs: 1500 };

const core = compose('ingest', impatient, { bodies: true, sendsLetters: false });
const { ledger, log, now, dynamodb, stateTable } = core;

const secretId = secretIds();
const secretsManager = new SecretsManagerClient(clientOptions(impatient));

const deps: IngestDeps = {
  ...core,
  sources: config.sources,
  secrets: secretReader({
    fetch: secretsManagerFetch(secretsManager, secretId),
    now,
    report: (source, error) => log.error('secrets could not be read', { source, reason: String(error) }),
  }),
  keepSecret: secretsManagerKeep(secretsManager, secretId),
  async callBack(url) {
    const answered = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(3000) });
    if (!answered.ok) throw new Error(`answered ${answered.status}`);
  },
  // Lambda sets it for each invocation.
  xRayTrace: () => process.env['_X_AMZN_TRACE_ID'],
  countRequest: rateLimiter(dynamodb, stateTable),
  rejections: rejectionLog({ ledger, now, log }),
};

// A frozen Lambda runs this when it thaws, which is the next request.
setInterval(() => void deps.rejections.flush(), 10_000).unref();

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  return toHttpAnswer(await ingest(readHttpRequest(event), deps));
}
