import { ingest, type IngestDeps } from '../../functions/ingest/ingest.ts';
import type { HttpRequest } from '../../functions/ingest/http-request.ts';
import type { Log } from '../../functions/handler-api/handler.ts';
import { createLaneStore } from '../../functions/lane/lane-store.ts';
import { laneMessageSender } from '../../functions/lane/send-lane-message.ts';
import { createLedger } from '../../functions/ledger/ledger.ts';
import {
  discard,
  redrive,
  release,
  replay,
  resolve,
  type ActDeps,
  type ActOutcome,
} from '../../functions/ops/act.ts';
import { processBatch, type BatchDeps } from '../../functions/processor/process-batch.ts';
import type { ProcessorDeps } from '../../functions/processor/deps.ts';
import { secretReader } from '../../functions/sources/secret-store.ts';
import type { Source } from '../../functions/sources/source.ts';
import { sweep, type Swept } from '../../functions/sweeper/sweep.ts';
import type { SQSEvent } from 'aws-lambda';
import type { Actor } from './actor.ts';
import { dynamodbClient, sqsClient, type Network } from './network.ts';

export const ledgerTable = 'ledger';
export const stateTable = 'state';
export const effectsTable = 'effects';

/** What the functions' composition roots make, made for one simulated process. */
export interface Process {
  readonly actor: Actor;
  readonly network: Network;
  readonly sources: Readonly<Record<string, Source>>;
  readonly newId: () => string;
  readonly log: Log;
}

const queueUrl = 'lanes';
/** Bodies are small: none goes to the bucket. */
const objects = {
  put: () => Promise.reject(new Error('no body is that large')),
  get: () => Promise.resolve(undefined),
};

function core({ actor, network, newId, log }: Process, tries: number) {
  const dynamodb = dynamodbClient(actor, network, tries);
  const sqs = sqsClient(actor, network, tries);
  const { now, sleep } = actor;
  const ledger = createLedger({ dynamodb, ledgerTable, objects, now, newId, sleep });
  const lanes = createLaneStore({ dynamodb, stateTable, newId });
  const send = laneMessageSender({ sqs, queueUrl, newId });
  return { dynamodb, sqs, ledger, lanes, send, stateTable, now, sleep, newId, log };
}

export function runIngest(request: HttpRequest, process: Process) {
  const deps: IngestDeps = {
    ...core(process, 2),
    sources: process.sources,
    secrets: secretReader({ fetch: () => Promise.resolve([]), now: process.actor.now }),
    keepSecret: () => Promise.resolve('refused'),
    callBack: () => Promise.reject(new Error('no source shakes hands')),
    countRequest: () => Promise.resolve({ kind: 'within' }),
    rejections: { record: () => Promise.resolve(), flush: () => Promise.resolve() },
  };
  return ingest(request, deps);
}

export function runProcessor(
  batch: SQSEvent,
  deadline: Date,
  handlerFor: ProcessorDeps['handlerFor'],
  maxReceiveCount: number,
  process: Process,
) {
  const { actor, sources } = process;
  const deps: BatchDeps = {
    ...core(process, 3),
    sources,
    handlerFor,
    queueUrl,
    maxReceiveCount,
    worker: actor.name,
    once: () => (_step, fn) => fn(),
    random: () => actor.random.next(),
    abortAfter(ms) {
      const controller = new AbortController();
      let isCancelled = false;
      void actor.sleep(ms).then(() => {
        if (!isCancelled) controller.abort(new Error('the lease is about to end'));
      });
      return {
        signal: controller.signal,
        cancel: () => {
          isCancelled = true;
        },
      };
    },
  };
  return processBatch(batch, deadline, deps);
}

export function runSweeper(
  settings: {
    readonly deadline: Date;
    readonly maxConcurrency: number;
    readonly visibilityTimeoutSeconds: number;
  },
  process: Process,
): Promise<Swept> {
  const { actor, network, sources } = process;
  const queue = () =>
    actor.effect('count the queue', () => {
      if (network.isDown('queue')) throw new Error('the queue is down');
      return network.queue.depth();
    });
  return sweep({ ...core(process, 3), ...settings, sources, ledgerTable, queue });
}

export type Operation = 'redrive' | 'replay' | 'discard' | 'resolve' | 'release';

/** What an operator does through the operations API. */
export function runOperation(
  operation: Operation,
  target: { readonly source: string; readonly eventId: string; readonly lane: string },
  process: Process,
): Promise<ActOutcome> {
  const deps: ActDeps = { ...core(process, 3), sources: process.sources };
  const who = { actor: process.actor.name, reason: `a simulated ${operation}` };
  const { source, eventId, lane } = target;
  switch (operation) {
    case 'redrive':
      return redrive({ source, eventId, ...who }, deps);
    case 'replay':
      return replay({ source, eventId, ...who }, deps);
    case 'discard':
      return discard({ source, eventId, ...who }, deps);
    case 'resolve':
      return resolve({ source, eventId, ...who }, deps);
    case 'release':
      return release({ source, lane, ...who }, deps);
  }
}
