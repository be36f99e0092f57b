import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { EmfOutput } from '@aws-lambda-powertools/metrics/types';
import { metricNamespace } from './settings.ts';

/**
 * What an invocation counted, as fields of its log line: CloudWatch makes metrics of them (embedded metric format), without a request. Names end in
 * their unit, or are counts; what is 0 is left out, so that an idle stack pays for no metric.
 */
export type Measured = (
  values: Readonly<Record<string, number>>,
  dimensions?: Readonly<Record<string, string>>,
) => Readonly<Record<string, unknown>>;

export function measuredBy(serviceName: string): Measured {
  // The function's own name tells two gateways of an account apart.
  const defaultDimensions = { function: process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? serviceName };
  const metrics = new Metrics({ namespace: metricNamespace, serviceName, defaultDimensions });
  return (values, dimensions = {}) => {
    const said = Object.entries(values).filter(([, value]) => value !== 0);
    if (said.length === 0) return {};
    for (const [name, value] of Object.entries(dimensions)) metrics.addDimension(name, value);
    for (const [name, value] of said) metrics.addMetric(name, unitOf(name), value);
    const fields = withoutCounts(metrics.serializeMetrics());
    metrics.clearMetrics();
    metrics.clearDimensions();
    // The log line has the service's name itself.
    return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'service'));
  };
}

/** A count needs no unit, which would be a tenth of the line. */
function withoutCounts({ _aws, ...values }: EmfOutput): EmfOutput {
  const CloudWatchMetrics = _aws.CloudWatchMetrics.map((directive) => ({
    ...directive,
    Metrics: directive.Metrics.map(({ Unit, ...metric }) =>
      Unit === MetricUnit.Count ? metric : { ...metric, Unit },
    ),
  }));
  return { ...values, _aws: { ..._aws, CloudWatchMetrics } } as EmfOutput;
}

function unitOf(name: string): (typeof MetricUnit)[keyof typeof MetricUnit] {
  if (name.endsWith('Ms')) return MetricUnit.Milliseconds;
  return name.endsWith('Seconds') ? MetricUnit.Seconds : MetricUnit.Count;
}
