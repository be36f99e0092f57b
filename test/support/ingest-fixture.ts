import { createHmac, randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { awsIam, bearer, hmac, none, source, stripe, type Source } from 'hooklane';
import * as z from 'zod';
import { createCore } from '../../functions/runtime/core.ts';
import type { HttpRequest } from '../../functions/ingest/http-request.ts';
import { ingest, type IngestDeps } from '../../functions/ingest/ingest.ts';
import { rateLimiter } from '../../functions/ingest/rate-limit.ts';
import { rejectionLog } from '../../functions/ingest/rejection-log.ts';
import type { MessageToSend } from '../../functions/lane/send-lane-message.ts';
import type { LedgerDeps } from '../../functions/ledger/ledger.ts';
import { secretReader } from '../../functions/secrets/secret-store.ts';
import type { TestDatabase } from './dynamodb.ts';
import { recordingLog } from './recording-log.ts';

export const secret = 'acme-s3cret';
export const stripeSecret = 'whsec_stripe-s3cret';
const token = 'token-s3cret';

const acme = source({
  verify: hmac({ algorithm: 'sha256', header: 'x-acme-signature', encoding: 'hex', prefix: 'v1=' }),
  id: 'id',
  type: 'type',
  lane: 'entity',
});

const sources: Readonly<Record<string, Source>> = {
  acme,
  stripe: stripe(),
  open: source({ verify: none(), id: 'id', lane: 'entity' }),
  own: source({ verify: awsIam(), id: 'id', type: 'type', lane: 'entity' }),
  once: source({ verify: none(), id: 'id', execution: 'at-most-once' }),
  conflicting: source({ verify: none(), id: 'id', duplicates: { status: 409 } }),
  typed: source({ verify: none(), id: 'id', schema: z.object({ id: z.string(), amount: z.number() }) }),
  ordered: source({ verify: none(), id: 'id', lane: 'entity', order: { sequence: 'n' } }),
  batch: source({ verify: none(), id: 'id', lane: 'entity', split: 'events' }),
  small: source({ verify: none(), id: 'id', maxBodyBytes: 64 }),
  put: source({ verify: none(), id: 'id', methods: ['PUT', 'GET'] }),
  form: source({ verify: none(), id: 'id', lane: 'entity', methods: ['GET'], bodyFormats: ['form'] }),
  keyless: source({ verify: bearer(), id: 'id' }),
  perIp: source({ verify: bearer(), id: 'id', rateLimit: { perMinute: 2, per: 'ip' } }),
  perSource: source({ verify: bearer(), id: 'id', rateLimit: { perMinute: 2, per: 'source' } }),
};

const secrets: Readonly<Record<string, readonly string[]>> = {
  acme: [secret, 'older-s3cret', 'handshake:typed-s3cret'],
  stripe: [stripeSecret],
  perIp: [token],
  perSource: [token],
};

export const bearerToken = `Bearer ${token}`;

/** A request as API Gateway hands it over; signed by nobody. */
export const request = (sourceName: string, body: unknown, over: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  path: `/webhooks/${sourceName}`,
  rawQuery: '',
  sourceName,
  headers: { 'content-type': 'application/json' },
  body:
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  sourceIp: '192.0.2.1',
  requestId: randomUUID(),
  ...over,
});

export const withHeaders = (one: HttpRequest, headers: Record<string, string>): HttpRequest => ({
  ...one,
  headers: { ...one.headers, ...headers },
});

/** Signs as the source `acme` does. */
export const signed = (one: HttpRequest, key = secret): HttpRequest =>
  withHeaders(one, {
    'x-acme-signature': `v1=${createHmac('sha256', key).update(one.body).digest('hex')}`,
  });

type Send = LedgerDeps['dynamodb'];

/** Ingest with a real ledger of its own, and a queue that only records. `through` stands between ingest and the database. */
export async function setUpIngest(database: TestDatabase, through: (real: Send) => Send = (real) => real) {
  const [ledgerTable, stateTable] = await Promise.all([database.table('ledger'), database.table('state')]);
  const dynamodb = through(database.dynamodb);
  const { log, lines } = recordingLog();
  const sent: MessageToSend[] = [];
  const called: string[] = [];
  const queue: { fails: boolean } = { fails: false };
  const now = () => new Date();
  const newId = () => randomUUID();
  const services = {
    sqs: { send: () => Promise.reject(new Error('not expected')) },
    ledgerTable,
    stateTable,
    queueUrl: 'lanes',
    objects: { put: async () => undefined, get: async () => undefined },
    log,
    now,
    newId,
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  const core = createCore({ ...services, dynamodb });
  const ingestDeps: IngestDeps = {
    ...core,
    sources,
    sendAll: async (messages) => {
      if (queue.fails) throw new Error('the queue is down');
      sent.push(...messages);
    },
    secrets: secretReader({ fetch: async (owner) => secrets[owner] ?? [], now }),
    keepSecret: async () => 'refused',
    callBack: async (url) => void called.push(url),
    countRequest: rateLimiter(dynamodb, stateTable),
    rejections: rejectionLog(core),
  };

  const scan = async (table: string) =>
    (await database.dynamodb.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items ?? [];

  return {
    ingest: (one: HttpRequest, over: Partial<IngestDeps> = {}) => ingest(one, { ...ingestDeps, ...over }),
    /** The ledger as others use it, with nothing between. */
    ledger: createCore({ ...services, dynamodb: database.dynamodb }).ledger,
    sent,
    called,
    queue,
    lines,
    stateTable,
    everything: () => scan(ledgerTable),
    state: () => scan(stateTable),
    rejected: async () => (await scan(ledgerTable)).filter(({ pk }) => String(pk).startsWith('REJECTED#')),
  };
}
