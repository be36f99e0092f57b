import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { sweeperEverySeconds } from '../functions/settings.ts';
import type { HooklaneFunction } from './hooklane-function.ts';

/**
 * Runs the sweeper every minute. A run that was missed is not made up for: the next one does its work. A rule, because EventBridge
 * Scheduler would take a role that may invoke every version of the function.
 */
export class SweeperSchedule extends Construct {
  constructor(scope: Construct, id: string, sweeper: HooklaneFunction) {
    super(scope, id);
    new Rule(this, 'Rule', {
      schedule: Schedule.rate(Duration.seconds(sweeperEverySeconds)),
      targets: [new LambdaFunction(sweeper, { retryAttempts: 0, maxEventAge: Duration.minutes(1) })],
      description:
        'Moves on what is stored but not queued, promised but not sent, and lanes whose deadline passed',
    });
  }
}
