import { shardsPerMinute } from '../functions/ledger/keys.ts';
import { assumed } from './prices.ts';

/** What a load is, on average, and what is set for it. */
export interface Load {
  /** Events a second, of one source. */
  readonly rate: number;
  /** Lanes that they are spread over evenly. */
  readonly lanes: number;
  /** What a handler takes. */
  readonly handlerMs: number;
  readonly maxConcurrency: number;
}

export interface Limit {
  readonly name: string;
  /** Events a second at which it bites. */
  readonly eventsPerSecond: number;
  readonly whatHappens: string;
  readonly remedy: string;
}

/** Default quotas of us-east-1, as AWS documents them; `docs/limits.md` has the pages. */
const quotas = {
  stageRequests: 2000,
  accountConcurrency: 1000,
  /** Of one partition of a table or an index. */
  partitionWrites: 1000,
  /** A new on-demand table, until it has grown by its traffic. */
  newTableWrites: 4000,
  tableWrites: 40_000,
  fifoRequests: 70_000,
  groupRequests: 300,
} as const;

/** Of the plainest event: EVENT item, two index entries, two entries. */
const writesPerEvent = 5;

/** Everything that ends the growth of a load, the nearest first. */
export function limitsOf({ lanes, handlerMs, maxConcurrency }: Omit<Load, 'rate'>): readonly Limit[] {
  const attemptMs = assumed.processorMs + handlerMs;
  const perWorker = 1000 / attemptMs;
  const limits: readonly Limit[] = [
    {
      name: `${lanes.toLocaleString('en-US')} lanes, one event at a time each`,
      eventsPerSecond: lanes * Math.min(perWorker, quotas.groupRequests),
      whatHappens: 'Events wait in their lanes; the queue grows.',
      remedy: 'finer lanes, or faster handlers',
    },
    {
      name: `processor.maxConcurrency ${maxConcurrency}`,
      eventsPerSecond: maxConcurrency * perWorker,
      whatHappens: 'Lanes wait for a free worker; the queue grows.',
      remedy: 'the option (at most 1,000)',
    },
    {
      name: `Lambda: ${quotas.accountConcurrency} at a time in an account`,
      eventsPerSecond: quotas.accountConcurrency / ((assumed.ingestMs + attemptMs) / 1000),
      whatHappens:
        'Ingest is throttled: 503, senders come again. Messages come back after their visibility timeout.',
      remedy: 'Lambda, concurrent executions',
    },
    {
      name: `the stage's throttle of ${quotas.stageRequests} requests a second`,
      eventsPerSecond: quotas.stageRequests,
      whatHappens: 'API Gateway answers 429; senders come again.',
      remedy: 'the throttle of the stage; above 10,000 API Gateway, throttle rate',
    },
    {
      name: `a new table: ${quotas.newTableWrites} write units a second`,
      eventsPerSecond: quotas.newTableWrites / writesPerEvent,
      whatHappens: 'DynamoDB throttles until the table has split, within minutes: 503, senders come again.',
      remedy: 'warm throughput of the ledger',
    },
    {
      name: `a source's index by time: ${shardsPerMinute} shards a minute`,
      eventsPerSecond: shardsPerMinute * quotas.partitionWrites,
      whatHappens: 'The index holds back the table: 503, senders come again.',
      remedy: 'two sources in place of one',
    },
    {
      name: `a table: ${quotas.tableWrites} write units a second`,
      eventsPerSecond: quotas.tableWrites / writesPerEvent,
      whatHappens: 'DynamoDB throttles: 503, senders come again.',
      remedy: 'DynamoDB, table-level write throughput',
    },
    {
      name: `SQS FIFO: ${quotas.fifoRequests} requests a second of each kind`,
      eventsPerSecond: quotas.fifoRequests,
      whatHappens: 'A send fails: 503, senders come again; the sweeper sends what was stored.',
      remedy: 'SQS, FIFO throughput (smaller outside the largest regions)',
    },
  ];
  return [...limits].sort((a, b) => a.eventsPerSecond - b.eventsPerSecond);
}

/** Workers at a time that the load needs on average; a burst needs more. */
export const workersNeeded = ({ rate, handlerMs }: Load): number =>
  Math.ceil((rate * (assumed.processorMs + handlerMs)) / 1000);
