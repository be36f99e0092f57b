import { Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { metricNames, type MeasuringFunction } from '../../functions/runtime/metrics.ts';
import type { HooklaneFunction } from '../constructs/hooklane-function.ts';

interface LogMetricsProps {
  readonly namespace: string;
  readonly functions: Readonly<Record<MeasuringFunction, HooklaneFunction>>;
}

/** Makes metrics of the numbers in the functions' log lines. CloudWatch asks nothing for the filters, only for metrics that get data. */
export class LogMetrics extends Construct {
  constructor(scope: Construct, id: string, { namespace, functions }: LogMetricsProps) {
    super(scope, id);
    for (const fn of Object.keys(metricNames) as MeasuringFunction[]) {
      for (const name of metricNames[fn]) {
        new MetricFilter(this, name, {
          logGroup: functions[fn].logGroup,
          metricNamespace: namespace,
          metricName: name,
          // Whatever a number is: where it is 0 the line does not have it.
          filterPattern: FilterPattern.literal(`{ $.${name} > 0 || $.${name} < 0 }`),
          metricValue: `$.${name}`,
          // Ingest names a source that is not configured `unknown`: senders cannot make up dimensions.
          ...(fn === 'ingest' && { dimensions: { source: '$.source' } }),
          unit: unitOf(name),
        });
      }
    }
  }
}

function unitOf(name: string): Unit {
  if (name.endsWith('Ms')) return Unit.MILLISECONDS;
  return name.endsWith('Seconds') ? Unit.SECONDS : Unit.COUNT;
}
