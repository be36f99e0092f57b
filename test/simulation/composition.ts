import { ingest, type IngestDeps } from '../../functions/ingest/ingest.ts';
import type { HttpRequest } from '../../functions/ingest/http-request.ts';
import type { Log } from '../../functions/api/handler.ts';
import { createCore, type CoreDeps } from '../../functions/runtime/core.ts';
import { takeLetters } from '../../functions/dead-letter/take-letters.ts';
import { knownGates, readGates, type GateMemory } from '../../functions/lane/gates.ts';
import { pause, resume, type GateDepsOfOperators, type GateOutcome } from '../../functions/lane/pause.ts';
import {
  discard,
  redrive,
  release,
  replay,
  resolve,
  type ActOutcome,
  type RepairDeps,
} from '../../functions/lane/repair.ts';
import { named } from '../../functions/ledger/named.ts';
import { processBatch, type BatchDeps } from '../../functions/processor/process-batch.ts';
import type { ProcessorDeps } from '../../functions/processor/deps.ts';
import { secretReader } from '../../functions/secrets/secret-store.ts';
import type { Source } from '../../functions/sources/source.ts';
import type { RememberedCursors } from '../../functions/sweeper/cursor.ts';
import { sweep, type Swept } from '../../functions/sweeper/sweep.ts';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Actor } from './actor.ts';

export { PermanentError, RetryAfter, WaitFor } from '../../functions/api/errors.ts';
export { sourceOf } from './scenario.ts';

export const ledgerTable = 'ledger';
export const stateTable = 'state';
export const effectsTable = 'effects';

/** What the functions' composition roots make, made for one simulated process. */
export interface Process {
  readonly actor: Pick<Actor, 'name' | 'now' | 'sleep' | 'random'>;
  /** Clients of the services, which make so many tries of a call. */
  readonly connect: (tries: number) => Pick<CoreDeps, 'dynamodb' | 'sqs'>;
  readonly sources: Readonly<Record<string, Source>>;
  readonly newId: () => string;
  readonly log: Log;
  /** Of its host, from one invocation to the next. */
  readonly memory: GateMemory;
}

const urls = { queueUrl: 'lanes', feederUrl: 'feeder' } as const;
/** Bodies are small: none goes to the bucket. */
const objects = {
  put: () => Promise.reject(new Error('no body is that large')),
  get: () => Promise.resolve(undefined),
};

function core({ actor, connect, newId, log }: Process, tries: number) {
  const { now, sleep } = actor;
  const common = { ...connect(tries), ledgerTable, stateTable, ...urls, now, sleep, newId, log };
  return { ...createCore({ ...common, objects }), ...urls };
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
  process: Process,
) {
  const { actor, sources } = process;
  const parts = core(process, 3);
  const deps: BatchDeps = {
    ...parts,
    sources,
    gates: knownGates(() => readGates(parts), actor.now, process.memory),
    handlerFor,
    subscribersOf: ({ source }) => {
      const { subscribers } = named(sources, source) ?? {};
      return subscribers && Object.keys(subscribers);
    },
    ownTables: [ledgerTable, stateTable],
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

export function runDeadLetter(batch: SQSEvent, process: Process): Promise<SQSBatchResponse> {
  const { actor, sources } = process;
  return takeLetters(batch, { ...core(process, 2), sources, worker: actor.name });
}

export function runSweeper(
  settings: {
    readonly deadline: Date;
    readonly visibilityTimeoutSeconds: number;
    readonly remembered: RememberedCursors;
  },
  process: Process,
): Promise<Swept> {
  const { sources } = process;
  return sweep({ ...core(process, 3), ...settings, sources, deadLetterUrl: 'dead' });
}

export type Operation = 'redrive' | 'replay' | 'discard' | 'resolve' | 'release';

/** What an operator does through the operations API. */
export function runOperation(
  operation: Operation,
  target: { readonly source: string; readonly eventId: string; readonly lane: string },
  process: Process,
): Promise<ActOutcome> {
  const deps: RepairDeps = { ...core(process, 3), sources: process.sources };
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

/** What an operator does to a source as a whole. */
export function runGateOperation(
  operation: 'pause' | 'resume',
  source: string,
  process: Process,
): Promise<GateOutcome> {
  const deps: GateDepsOfOperators = { ...core(process, 3), sources: process.sources };
  const action = { source, actor: process.actor.name, reason: `a simulated ${operation}` };
  return operation === 'pause' ? pause(action, deps) : resume(action, deps);
}
