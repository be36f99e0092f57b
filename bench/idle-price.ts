import { gatewayAlarms } from '../infra/alarms/gateway-alarms.ts';
import type { Consumption } from './consumption.ts';
import { assumed, prices } from './prices.ts';

export const idleSources = 5;
export const minutesAMonth = (365.25 * 24 * 60) / 12;

const memoryGb = 0.5;
/** The lanes' and the feeder's. */
const polledQueues = 2;

/** US dollars for a month in which nothing happens, by what they are for. Secrets come to it: one for each source. */
export function idlePrice({ writeUnits, readUnits }: Consumption): Readonly<Record<string, number>> {
  const perMinute = {
    'the sweeper: DynamoDB':
      (writeUnits * prices.writeUnitsPerMillion + readUnits * prices.readUnitsPerMillion) / 1e6,
    'the sweeper: Lambda':
      prices.lambdaRequestsPerMillion / 1e6 +
      (assumed.idleSweepMs / 1000) * memoryGb * prices.lambdaPerGbSecond,
    'the sweeper: its log': (assumed.workLogBytes / 1e9) * prices.logsPerGb,
    'polling of two queues': (polledQueues * assumed.pollsPerMinute * prices.sqsPerMillion) / 1e6,
  };
  const aMonth = Object.entries(perMinute).map(([what, price]) => [what, price * minutesAMonth] as const);
  return {
    ...Object.fromEntries(aMonth),
    [`alarms: ${alarmMetrics()} metrics`]: alarmMetrics() * prices.alarmMetric,
  };
}

/** An alarm costs by the metrics that it looks at. */
function alarmMetrics(): number {
  const fn = { functionName: '', timeoutSeconds: 30 };
  const alarms = gatewayAlarms({
    namespace: 'n',
    apiId: '',
    laneQueueName: '',
    deadLetterQueueName: '',
    functions: { ingest: fn, processor: fn, 'dead-letter': fn, sweeper: fn, 'ledger-watch': fn },
    verifyingSources: Array.from({ length: idleSources }, (_, n) => `source-${n}`),
  });
  return alarms.reduce((sum, { metrics }) => sum + Object.keys(metrics).length, 0);
}
