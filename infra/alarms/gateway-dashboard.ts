import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../functions/runtime/metrics.ts';
import type { AlarmSpec } from './alarm.ts';
import { seriesOf } from './alarms.ts';
import type { WatchedGateway } from './gateway-alarms.ts';

const period = Duration.minutes(5);

/** What comes in, what becomes of it and how long that takes, above what the alarms look at. */
export function gatewayDashboard(
  scope: Construct,
  id: string,
  gateway: WatchedGateway,
  specs: readonly AlarmSpec[],
): Dashboard {
  const own = (metricName: MetricName, source?: string, statistic = 'Sum') =>
    new Metric({
      namespace: gateway.namespace,
      metricName,
      ...(source !== undefined && { dimensionsMap: { source } }),
      statistic,
      period,
      label: [source ?? [], metricName].flat().join(' '),
    });
  const bySource = (...names: readonly MetricName<'ingest'>[]) =>
    gateway.verifyingSources.flatMap((source) => names.map((name) => own(name, source)));
  const ofProcessor = (name: MetricName<'processor'>, statistic?: string) => own(name, undefined, statistic);
  const graph = (title: string, left: readonly IMetric[]) =>
    new GraphWidget({ title, left: [...left], width: 8, height: 6 });
  return new Dashboard(scope, id, {
    widgets: [
      [
        graph('Taken, by source', bySource('Accepted', 'Duplicates')),
        graph('Refused signatures, by source', bySource('Refused401')),
        graph(
          'What became of events',
          (['Processed', 'Failed', 'Retried', 'Waiting'] as const).map((name) => ofProcessor(name)),
        ),
      ],
      [
        graph(
          'Time to the acknowledgement (p99), by source',
          gateway.verifyingSources.map((source) => own('AcknowledgedMs', source, 'p99')),
        ),
        graph('Time from acceptance to the end', [
          ofProcessor('EndToEndMs', 'p50'),
          ofProcessor('EndToEndMs', 'p99'),
        ]),
        graph(
          'Behind',
          specs
            .filter(({ section }) => section.endsWith('-late') || section === 'oldest-message')
            .map(seriesOf),
        ),
      ],
      [
        graph(
          'Needs somebody',
          specs
            .filter(({ section }) => ['dead-letters', 'attention', 'ledger-changed'].includes(section))
            .map(seriesOf),
        ),
        graph(
          'Answered 5xx, of a hundred',
          specs.filter(({ section }) => section === 'answers-5xx').map(seriesOf),
        ),
        graph(
          'Errors and throttles',
          specs.filter(({ section }) => ['processor-errors', 'throttles'].includes(section)).map(seriesOf),
        ),
      ],
    ],
  });
}
