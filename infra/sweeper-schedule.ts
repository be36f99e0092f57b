import { Duration } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { sweeperEverySeconds } from '../functions/settings.ts';
import type { HooklaneFunction } from './hooklane-function.ts';

/** Runs the sweeper every minute. A run that was missed is not made up for: the next one does its work. */
export class SweeperSchedule extends Construct {
  constructor(scope: Construct, id: string, sweeper: HooklaneFunction) {
    super(scope, id);
    new Schedule(this, 'Schedule', {
      schedule: ScheduleExpression.rate(Duration.seconds(sweeperEverySeconds)),
      target: new LambdaInvoke(sweeper, { retryAttempts: 0, maxEventAge: Duration.minutes(1) }),
      description:
        'Moves on what is stored but not queued, promised but not sent, and lanes whose deadline passed',
    });
  }
}
