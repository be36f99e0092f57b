import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { queueSettings, routes } from '../functions/runtime/settings.ts';
import type { Config } from '../functions/config/config.ts';
import { BodyBucket } from './constructs/body-bucket.ts';
import { DeadLetterFeeder } from './constructs/dead-letter-feeder.ts';
import { HooklaneFunction } from './constructs/hooklane-function.ts';
import { WebhookApi } from './constructs/http-api.ts';
import { LaneQueue } from './constructs/lane-queue.ts';
import { LedgerTable } from './constructs/ledger-table.ts';
import { OrdersTable } from './constructs/orders-table.ts';
import { SourceSecrets } from './constructs/source-secrets.ts';
import { StateTable } from './constructs/state-table.ts';
import { SweeperSchedule } from './constructs/sweeper-schedule.ts';

interface HooklaneStackProps extends StackProps {
  readonly config: Config;
}

/** Of a stack that has no source yet. */
const defaultRetentionDays = 90;

/** Wires the constructs together; what each of them is and allows stands in its own file. */
export class HooklaneStack extends Stack {
  constructor(scope: Construct, id: string, { config, ...props }: HooklaneStackProps) {
    super(scope, id, props);

    const ledger = new LedgerTable(this, 'Ledger');
    const state = new StateTable(this, 'State');
    const orders = new OrdersTable(this, 'Orders');
    const retentions = Object.values(config.sources).map((source) => source.retentionDays);
    const bodies = new BodyBucket(this, 'Bodies', {
      retentionDays: retentions.length === 0 ? defaultRetentionDays : Math.max(...retentions),
    });
    const queues = queueSettings(config);
    const lanes = new LaneQueue(this, 'Lanes', queues);
    const feeder = new DeadLetterFeeder(this, 'Feeder', {
      ...queues,
      deadLetterQueue: lanes.deadLetterQueue,
    });
    const secrets = new SourceSecrets(this, 'Secrets', config.sources);

    const ingest = new HooklaneFunction(this, 'Ingest', { name: 'ingest', config });
    ledger.grantAppend(ingest);
    state.grantReadWrite(ingest);
    bodies.grantPut(ingest);
    lanes.grantSend(ingest);
    secrets.grantRead(ingest);
    secrets.grantPairing(ingest);

    const processor = new HooklaneFunction(this, 'Processor', { name: 'processor', config });
    ledger.grantAppend(processor);
    state.grantReadWrite(processor);
    bodies.grantGet(processor);
    lanes.deliverTo(processor, config.processor);
    lanes.grantSend(processor);
    feeder.grantSend(processor);
    orders.grantReadWrite(processor);

    const deadLetter = new HooklaneFunction(this, 'DeadLetter', { name: 'dead-letter', config });
    ledger.grantAppend(deadLetter);
    state.grantReadWrite(deadLetter);
    lanes.grantSend(deadLetter);
    feeder.deliverTo(deadLetter);

    const sweeper = new HooklaneFunction(this, 'Sweeper', { name: 'sweeper', config });
    ledger.grantAppend(sweeper);
    ledger.grantRead(sweeper);
    state.grantReadWrite(sweeper);
    lanes.grantSend(sweeper);
    lanes.grantClear(sweeper);
    feeder.grantSend(sweeper);
    state.grantFindDue(sweeper);
    new SweeperSchedule(this, 'SweeperSchedule', sweeper);

    const ops = new HooklaneFunction(this, 'Ops', { name: 'ops', config });
    ledger.grantAppend(ops);
    ledger.grantRead(ops);
    state.grantReadWrite(ops);
    lanes.grantSend(ops);

    const orderDesk = new HooklaneFunction(this, 'OrderDesk', { name: 'orders', config });
    orders.grantReadWrite(orderDesk);

    const api = new WebhookApi(this, 'Api', { routes, functions: { ingest, ops, orders: orderDesk } });

    const outputs = {
      ApiUrl: api.url,
      LedgerTableName: ledger.tableName,
      StateTableName: state.tableName,
      OrdersTableName: orders.tableName,
      LaneQueueUrl: lanes.queue.queueUrl,
      FeederUrl: feeder.queue.queueUrl,
      DeadLetterQueueUrl: lanes.deadLetterQueue.queueUrl,
      BodyBucketName: bodies.bucket.bucketName,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
