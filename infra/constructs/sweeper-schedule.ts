import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { sweeperEverySeconds } from '../../functions/runtime/settings.ts';
import type { HooklaneFunction } from './hooklane-function.ts';

/** The shortest that EventBridge and Lambda have. An older run is the next one's work. */
const maxEventAge = Duration.minutes(1);

/**
 * Runs the sweeper every minute. A run that was missed or failed is not made up for: the next one does its work. The rule's own
 * `retryAttempts` is about delivery to Lambda only; without the event invoke config Lambda would run a failed sweep twice more. A
 * rule, because EventBridge Scheduler would take a role that may invoke every version of the function.
 */
export class SweeperSchedule extends Construct {
  constructor(scope: Construct, id: string, sweeper: HooklaneFunction) {
    super(scope, id);
    sweeper.configureAsyncInvoke({ retryAttempts: 0, maxEventAge });
    const rule = new Rule(this, 'Rule', {
      schedule: Schedule.rate(Duration.seconds(sweeperEverySeconds)),
      targets: [new LambdaFunction(sweeper, { retryAttempts: 0, maxEventAge })],
      description:
        'Moves on what is stored but not queued, promised but not sent, and lanes whose deadline passed',
    });
    const reason =
      'A missed sweep has nothing to keep: its invocation is a minute without content, the next one does its work, and an alarm tells of a sweeper that is silent.';
    Validations.of(sweeper).acknowledge({ id: 'Serverless-LambdaAsyncFailureDestination', reason });
    Validations.of(rule).acknowledge({ id: 'Serverless-EventBusDLQ', reason });
  }
}
