import { join } from 'node:path';
import type { Config } from '../functions/config/config.ts';
import { bucketName, startBucket } from './s3/bucket.ts';
import { startDynamoDb } from './dynamodb/dynamodb.ts';
import { createLaneQueues, type LaneQueues } from './sqs/lane-queues.ts';
import { freePort } from './loopback.ts';
import { startSecretsManager } from './secrets/secrets-manager.ts';
import { startSqs, type CallSqs } from './sqs/server.ts';
import { reasonOf, StartError } from './start-error.ts';
import type { Teardown } from './teardown.ts';

export interface Services extends LaneQueues {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly callSqs: CallSqs;
  readonly s3: string;
  readonly secretsManager: string;
  databasePid(): number | undefined;
}

/** The stand-ins for AWS's services, side by side, each on files of its own in the data folder, with tables and queues made. */
export async function startServices(
  options: {
    readonly dataFolder: string;
    /** The first of four ports that are taken where they are free; 0 for any. */
    readonly firstPort: number;
    readonly dynamodbEndpoint: string | undefined;
    readonly config: Config;
    readonly log: (from: string, line: string) => void;
    readonly onRestart: () => void;
  },
  teardown: Teardown,
): Promise<Services> {
  const { dataFolder, firstPort, config } = options;
  const file = (name: string) => join(dataFolder, name);
  const port = (offset: number) => freePort(firstPort === 0 ? 0 : firstPort + offset);
  const logOf = (from: string) => (line: string) => options.log(from, line);

  const queues = async () => {
    const path = file('queues.db');
    const sqs = await startSqs({ port: await port(0), path }).catch((error: unknown) => {
      throw new StartError(`The queues in ${path} cannot be opened: ${reasonOf(error)}.`, { cause: error });
    });
    teardown.add(() => sqs.close());
    return { sqs: sqs.url, callSqs: sqs.call, ...(await createLaneQueues(sqs.call, config)) };
  };
  const database = async () => {
    const started = await startDynamoDb({
      endpoint: options.dynamodbEndpoint,
      port: await port(1),
      file: file('tables.db'),
      tables: config.tables,
      log: logOf('dynamodb'),
      onRestart: options.onRestart,
    });
    teardown.add(() => started.close());
    return { dynamodb: started.endpoint, databasePid: () => started.pid() };
  };
  const objects = async () => {
    const folder = join(file('objects'), bucketName);
    const started = await startBucket({ port: await port(2), folder, log: logOf('s3') });
    teardown.add(() => started.close());
    return { s3: started.url };
  };
  const secrets = async () => {
    const started = await startSecretsManager({
      port: await port(3),
      file: file('secrets.json'),
      log: logOf('secrets'),
    });
    teardown.add(() => started.close());
    return { secretsManager: started.url };
  };

  const starting = [queues(), database(), objects(), secrets()] as const;
  // If one fails the others are waited for all the same: what has started by then is torn down.
  await Promise.allSettled(starting);
  const [one, two, three, four] = await Promise.all(starting);
  return { ...one, ...two, ...three, ...four };
}
