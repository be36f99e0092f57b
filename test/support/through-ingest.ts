import { randomUUID } from 'node:crypto';
import type { HttpRequest } from '../../functions/ingest/http-request.ts';
import { ingest, type IngestDeps } from '../../functions/ingest/ingest.ts';
import { rejectionLog } from '../../functions/ingest/rejection-log.ts';
import { createCore } from '../../functions/runtime/core.ts';
import { secretReader } from '../../functions/secrets/secret-store.ts';
import type { Source } from '../../functions/sources/source.ts';
import type { VerifiableRequest } from '../../functions/signatures/verifiable-request.ts';
import { intercept } from './intercept.ts';
import { recordingLog } from './recording-log.ts';

interface Delivery {
  readonly name: string;
  readonly source: Source;
  readonly secrets: readonly string[];
  readonly request: VerifiableRequest;
  readonly now: Date;
}

/** The request through ingest as a whole, and everything that was put into the ledger, queued and logged by it. */
export async function throughIngest({ name, source, secrets, request, now }: Delivery) {
  const { log, lines } = recordingLog();
  const items: Readonly<Record<string, unknown>>[] = [];
  const sent: unknown[] = [];
  const nobody = { send: () => Promise.reject(new Error('there is no database')) };
  const core = createCore({
    dynamodb: intercept(nobody, async ({ input }) => {
      items.push(input['Item'] as Readonly<Record<string, unknown>>);
      return {};
    }),
    sqs: { send: () => Promise.reject(new Error('there is no queue')) },
    ledgerTable: 'ledger',
    stateTable: 'state',
    queueUrl: 'lanes',
    objects: { put: async () => undefined, get: async () => undefined },
    log,
    now: () => now,
    newId: randomUUID,
    sleep: async () => undefined,
  });
  const deps: IngestDeps = {
    ...core,
    sources: { [name]: source },
    sendAll: async (messages) => void sent.push(...messages),
    secrets: secretReader({ fetch: async () => secrets, now: () => now }),
    keepSecret: async () => 'refused',
    callBack: () => Promise.reject(new Error('nothing is called')),
    countRequest: async () => ({ kind: 'within' }),
    rejections: rejectionLog(core),
  };
  const http: HttpRequest = {
    sourceIp: '192.0.2.1',
    ...request,
    sourceName: name,
    requestId: randomUUID(),
  };
  return { answer: await ingest(http, deps), items, sent, lines };
}
