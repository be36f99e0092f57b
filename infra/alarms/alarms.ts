import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { AlarmSpec, MetricOf } from './alarm.ts';

export interface AlarmOptions {
  /** Where alarms are told, and that they are over. Default: a topic is made; subscribe to it. */
  readonly topic?: ITopic;
  /** Where the runbook is read: what each alarm links its section of. Default: where this project has it. */
  readonly runbookUrl?: string;
  /** Default true. */
  readonly dashboard?: boolean;
}

interface AlarmsProps extends AlarmOptions {
  readonly specs: readonly AlarmSpec[];
}

/** Every alarm of a gateway, and the topic that they tell. */
export class Alarms extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { specs, topic, runbookUrl = 'docs/runbook.md' }: AlarmsProps) {
    super(scope, id);
    this.topic = topic ?? this.#topic();
    const action = new SnsAction(this.topic);
    for (const spec of specs) {
      const alarm = new Alarm(this, [spec.section, spec.of ?? []].flat().join('-'), {
        alarmDescription: `${spec.says} ${runbookUrl}#${spec.section}`,
        metric: seriesOf(spec),
        threshold: spec.fires.threshold,
        comparisonOperator: comparisons[spec.fires.when],
        datapointsToAlarm: spec.periods.bad,
        evaluationPeriods: spec.periods.of,
        treatMissingData:
          spec.missing === 'bad' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }

  #topic(): Topic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    Validations.of(topic).acknowledge({
      id: 'AwsSolutions-SNS2',
      reason:
        'What alarms say names no event and no sender; a key of KMS would be one more thing that can silence them.',
    });
    return topic;
  }
}

const comparisons = {
  'at least': ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
};

/** What an alarm compares, and the dashboard draws. */
export function seriesOf({ expression, metrics, periodSeconds, section, of }: AlarmSpec): IMetric {
  const period = Duration.seconds(periodSeconds);
  const usingMetrics = Object.fromEntries(
    Object.entries(metrics).map(([name, metric]) => [name, metricOf(metric, period)]),
  );
  const single = usingMetrics[expression];
  if (single !== undefined) return single;
  return new MathExpression({
    expression,
    usingMetrics,
    period,
    label: [section, of ?? []].flat().join(' '),
  });
}

const metricOf = ({ namespace, name, dimensions, statistic }: MetricOf, period: Duration) =>
  new Metric({ namespace, metricName: name, dimensionsMap: { ...dimensions }, statistic, period });
