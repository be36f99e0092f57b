import { runInNewContext } from 'node:vm';
import * as z from 'zod';
import type { Resource } from './template.ts';

const MetricData = z.object({
  Id: z.string(),
  Expression: z.string().optional(),
  MetricStat: z.object({ Metric: z.object({ MetricName: z.string() }) }).optional(),
  ReturnData: z.boolean().default(true),
});

const AlarmProperties = z.object({
  AlarmDescription: z.string(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  Threshold: z.number(),
  DatapointsToAlarm: z.number(),
  EvaluationPeriods: z.number(),
  TreatMissingData: z.enum(['breaching', 'notBreaching']),
  MetricName: z.string().optional(),
  Metrics: z.array(MetricData).default([]),
});

/** What one period had, by the name of the metric; a metric without data is not there. */
export type Period = Readonly<Record<string, number>>;

/**
 * The state of an alarm of a template after each period, as CloudWatch's documentation has it: the last so many periods are looked at, and it is
 * in alarm while so many of them are bad. Operands of one name are the same metric of several functions, and get the same number.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function statesOf(alarm: Resource, periods: readonly Period[]): readonly ('ok' | 'alarm')[] {
  const properties = AlarmProperties.parse(alarm.Properties);
  const isBad = periods.map((period) => {
    const value = valueIn(period, properties);
    if (value === undefined) return properties.TreatMissingData === 'breaching';
    return properties.ComparisonOperator === 'LessThanThreshold'
      ? value < properties.Threshold
      : value >= properties.Threshold;
  });
  return periods.map((_, at) => {
    const looked = isBad.slice(Math.max(0, at + 1 - properties.EvaluationPeriods), at + 1);
    return looked.filter(Boolean).length >= properties.DatapointsToAlarm ? 'alarm' : 'ok';
  });
}

/** Metric math is written as these expressions are in JavaScript; an operand without data makes the whole have none, unless it is filled. */
function valueIn(
  period: Period,
  { MetricName, Metrics }: z.infer<typeof AlarmProperties>,
): number | undefined {
  if (MetricName !== undefined) return period[MetricName];
  const operands = Metrics.flatMap(({ Id, MetricStat }) =>
    MetricStat ? [[Id, period[MetricStat.Metric.MetricName] ?? Number.NaN] as const] : [],
  );
  if (operands.every(([, value]) => Number.isNaN(value))) return undefined;
  const expression = Metrics.find(({ Expression, ReturnData }) => Expression !== undefined && ReturnData);
  const value: unknown = runInNewContext(expression?.Expression ?? '', {
    ...Object.fromEntries(operands),
    FILL: (operand: number, otherwise: number) => (Number.isNaN(operand) ? otherwise : operand),
    IF: (condition: boolean, then: number, otherwise: number) => (condition ? then : otherwise),
  });
  const number = z.number().or(z.nan()).parse(value);
  return Number.isNaN(number) ? undefined : number;
}
