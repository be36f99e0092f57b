import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Counts of one invocation, written as one line in CloudWatch's embedded metric format; no request of their own. */
export function countOf(serviceName: string): (counts: Readonly<Record<string, number>>) => void {
  const metrics = new Metrics({ namespace: 'Hooklane', serviceName });
  return (counts) => {
    for (const [name, count] of Object.entries(counts)) metrics.addMetric(name, MetricUnit.Count, count);
    metrics.publishStoredMetrics();
  };
}
