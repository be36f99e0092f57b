import type { MetricName } from '../../functions/runtime/metrics.ts';
import type { AlarmSpec, MetricOf } from './alarm.ts';

/** A function as the alarms see it. */
export interface WatchedFunction {
  readonly functionName: string;
  readonly timeoutSeconds: number;
}

/** The parts of a gateway that alarms are about. */
export interface WatchedGateway {
  readonly apiId: string;
  /** Of its own metrics. */
  readonly namespace: string;
  readonly laneQueueName: string;
  readonly deadLetterQueueName: string;
  readonly functions: Readonly<Record<WatchedName, WatchedFunction>> & {
    /** Where the ledger is archived. */
    readonly archive?: WatchedFunction;
  };
  /** Names of the sources that verify with a secret. */
  readonly verifyingSources: readonly string[];
}

type WatchedName = 'ingest' | 'processor' | 'dead-letter' | 'sweeper' | 'ledger-watch';

const minute = 60;

/** What is watched, and what each alarm says. */
export function gatewayAlarms(gateway: WatchedGateway): readonly AlarmSpec[] {
  const { functions } = gateway;
  const queue = (QueueName: string, name: string): MetricOf => ({
    namespace: 'AWS/SQS',
    name,
    dimensions: { QueueName },
    statistic: 'Maximum',
  });
  const api = (name: string): MetricOf => ({
    namespace: 'AWS/ApiGateway',
    name,
    dimensions: { ApiId: gateway.apiId, Stage: '$default' },
    statistic: 'Sum',
  });
  const lambda = (
    fn: WatchedName | 'archive',
    name: string,
    statistic: MetricOf['statistic'] = 'Sum',
  ): MetricOf => ({
    namespace: 'AWS/Lambda',
    name,
    dimensions: { FunctionName: functions[fn]?.functionName ?? '' },
    statistic,
  });
  const own = (
    name: MetricName,
    statistic: MetricOf['statistic'],
    dimensions: Readonly<Record<string, string>> = {},
  ): MetricOf => ({
    namespace: gateway.namespace,
    name,
    dimensions,
    statistic,
  });

  return [
    {
      section: 'dead-letters',
      says: 'Events failed for good, or messages are junk: what they should have done is not done, until they are redriven.',
      metrics: { letters: queue(gateway.deadLetterQueueName, 'ApproximateNumberOfMessagesVisible') },
      expression: 'letters',
      fires: { when: 'at least', threshold: 1 },
      periodSeconds: 5 * minute,
      periods: { bad: 1, of: 1 },
    },
    {
      section: 'oldest-message',
      says: 'Events wait longer than 15 minutes for the processor: all whose lanes have messages are late.',
      metrics: { age: queue(gateway.laneQueueName, 'ApproximateAgeOfOldestMessage') },
      expression: 'age',
      fires: { when: 'at least', threshold: 15 * 60 },
      periodSeconds: 5 * minute,
      periods: { bad: 2, of: 2 },
    },
    {
      section: 'attention',
      says: 'Events need a decision, and lanes may be held behind them: later events of those entities wait.',
      metrics: { items: own('NeedAttention', 'Maximum') },
      expression: 'items',
      fires: { when: 'at least', threshold: 1 },
      periodSeconds: 5 * minute,
      periods: { bad: 1, of: 1 },
    },
    {
      section: 'answers-5xx',
      says: 'More than one request in a hundred is answered 5xx: providers are not acknowledged, come again, and in the end give up.',
      metrics: { failed: api('5xx'), requests: api('Count') },
      expression: 'IF(FILL(requests, 0) > 0, 100 * FILL(failed, 0) / requests, 0)',
      fires: { when: 'at least', threshold: 1 },
      periodSeconds: minute,
      periods: { bad: 3, of: 5 },
    },
    ...gateway.verifyingSources.map((source): AlarmSpec => ({
      section: 'signatures-refused',
      of: source,
      says: `More requests to ${source} are refused for their signature than are taken: its provider loses its events, or somebody tries.`,
      metrics: { balance: own('SignatureBalance', 'Sum', { source }) },
      expression: 'balance',
      fires: { when: 'at least', threshold: 5 },
      periodSeconds: 15 * minute,
      periods: { bad: 1, of: 1 },
    })),
    {
      section: 'processor-errors',
      says: 'Attempts end without a word (a crash, no memory, a timeout): their events run again, or fail.',
      metrics: { processor: lambda('processor', 'Errors'), letters: lambda('dead-letter', 'Errors') },
      expression: 'FILL(processor, 0) + FILL(letters, 0)',
      fires: { when: 'at least', threshold: 1 },
      periodSeconds: 5 * minute,
      periods: { bad: 2, of: 3 },
    },
    {
      section: 'processor-timeouts',
      says: `Attempts take as long as they may (${functions.processor.timeoutSeconds} s): their handlers are cut off, and run again.`,
      metrics: { longest: lambda('processor', 'Duration', 'Maximum') },
      expression: 'longest',
      fires: { when: 'at least', threshold: functions.processor.timeoutSeconds * 1000 },
      periodSeconds: 5 * minute,
      periods: { bad: 1, of: 1 },
    },
    {
      section: 'throttles',
      says: 'Lambda refuses to run ingest or the processor: webhooks are answered 5xx, or events wait.',
      metrics: { noIngest: lambda('ingest', 'Throttles'), noProcessor: lambda('processor', 'Throttles') },
      expression: 'FILL(noIngest, 0) + FILL(noProcessor, 0)',
      fires: { when: 'at least', threshold: 1 },
      periodSeconds: 5 * minute,
      periods: { bad: 1, of: 1 },
    },
    {
      section: 'sweeper-silent',
      says: 'The sweeper has not run in five minutes, or every run failed: nothing that is stuck is found, for any source.',
      metrics: { runs: lambda('sweeper', 'Invocations'), failed: lambda('sweeper', 'Errors') },
      expression: 'FILL(runs, 0) - FILL(failed, 0)',
      fires: { when: 'below', threshold: 1 },
      periodSeconds: minute,
      periods: { bad: 5, of: 5 },
      missing: 'bad',
    },
    {
      section: 'sweeper-late',
      says: 'The sweeper is more than five minutes behind: events that were stored and never queued are found late.',
      metrics: { late: own('SweeperLateSeconds', 'Maximum') },
      expression: 'late',
      fires: { when: 'at least', threshold: 5 * 60 },
      periodSeconds: 5 * minute,
      periods: { bad: 1, of: 1 },
    },
    {
      section: 'ledger-changed',
      says: 'An item of the ledger was changed or removed, or this can no longer be seen: the audit is not what happened.',
      metrics: {
        changed: own('LedgerChanged', 'Sum'),
        unseen: lambda('ledger-watch', 'Errors'),
      },
      expression: 'FILL(changed, 0) + FILL(unseen, 0)',
      fires: { when: 'at least', threshold: 1 },
      periodSeconds: minute,
      periods: { bad: 1, of: 1 },
    },
    ...(functions.archive ? [archiveLate(lambda('archive', 'IteratorAge', 'Maximum'))] : []),
  ];
}

/** The stream keeps a record for a day; of that there are 23 hours left when this fires. */
const archiveLate = (age: MetricOf): AlarmSpec => ({
  section: 'archive-late',
  says: 'What was added to the ledger an hour ago is not in the archive: after a day it never will be.',
  metrics: { age },
  expression: 'age',
  fires: { when: 'at least', threshold: 3_600_000 },
  periodSeconds: 5 * minute,
  periods: { bad: 1, of: 1 },
});
