import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { eventKey } from '../../ledger/keys.ts';
import type { NewNote } from '../../ledger/note.ts';
import { cancellations, conditionFailure } from '../../ledger/write-failure.ts';
import type { OperationsDeps } from '../deps.ts';
import { jobSchema, plannedSchema, type Job, type Planned } from './job.ts';

type JobDeps = Pick<OperationsDeps, 'dynamodb' | 'stateTable' | 'newId' | 'ledger'>;

/** Under which the audit has what is done to a job. No source has a name like that. */
export const jobKey = (id: string) => eventKey('JOB', id);

const storedSchema = z.object({
  job: z.string().transform((text) => jobSchema.parse(JSON.parse(text))),
  /** Changes with every write, so that of two who run a job the slower one notices. */
  version: z.string(),
});
export type StoredJob = z.output<typeof storedSchema>;

const jobs = 'JOBS';
const partOf = (id: string) => `JOB#${id}`;
const keptSeconds = 90 * 24 * 3600;
/** Of an item of 400 KB: ids and lanes are at most 1 KB each. */
const eventsInPart = 100;

const expiresAt = ({ createdAt }: Job): number => Math.floor(createdAt.getTime() / 1000) + keptSeconds;

export async function readJob(id: string, { dynamodb, stateTable }: JobDeps): Promise<StoredJob | undefined> {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: stateTable, Key: { pk: jobs, sk: id }, ConsistentRead: true }),
  );
  return Item && storedSchema.parse(Item);
}

/** The newest first, from behind one. */
export async function readJobs(
  most: number,
  behind: string | undefined,
  { dynamodb, stateTable }: JobDeps,
): Promise<{ readonly jobs: readonly Job[]; readonly more: boolean }> {
  const { Items = [], LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({
      TableName: stateTable,
      KeyConditionExpression: behind === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :behind',
      ExpressionAttributeValues: { ':pk': jobs, ...(behind !== undefined && { ':behind': behind }) },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: most,
    }),
  );
  return { jobs: Items.map((item) => storedSchema.parse(item).job), more: LastEvaluatedKey !== undefined };
}

/** With what the audit says of it. Undefined: somebody else has changed the job since `before` was read. */
export async function writeJob(
  before: StoredJob | undefined,
  job: Job,
  { dynamodb, stateTable, newId, ledger }: JobDeps,
  note?: NewNote,
): Promise<StoredJob | undefined> {
  const version = newId();
  const Item = {
    pk: jobs,
    sk: job.id,
    job: JSON.stringify(z.encode(jobSchema, job)),
    version,
    expiresAt: expiresAt(job),
  };
  const condition =
    before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :read',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':read': before.version },
        };
  const Put = { TableName: stateTable, Item, ...condition };
  try {
    if (note === undefined) await dynamodb.send(new PutCommand(Put));
    else {
      const TransactItems = [{ Put }, ledger.notePut(jobKey(job.id), note)];
      await dynamodb.send(new TransactWriteCommand({ TransactItems, ClientRequestToken: newId() }));
    }
    return { job, version };
  } catch (error) {
    if (conditionFailure(error) || cancellations(error)) return undefined;
    throw error;
  }
}

/** Before the job itself is written: a job that is there has all its events. */
export async function writePlanned(
  job: Job,
  events: readonly Planned[],
  { dynamodb, stateTable }: JobDeps,
): Promise<void> {
  for (let at = 0; at < events.length; at += eventsInPart) {
    const Item = {
      pk: partOf(job.id),
      sk: partKey(at / eventsInPart),
      events: JSON.stringify(events.slice(at, at + eventsInPart)),
      expiresAt: expiresAt(job),
    };
    await dynamodb.send(new PutCommand({ TableName: stateTable, Item }));
  }
}

const partSchema = z.object({
  events: z.string().transform((text) => z.array(plannedSchema).parse(JSON.parse(text))),
});

/** Events of a job from a place on, as many as one part still has. */
export async function readPlanned(
  id: string,
  from: number,
  { dynamodb, stateTable }: JobDeps,
): Promise<readonly Planned[]> {
  const Key = { pk: partOf(id), sk: partKey(Math.floor(from / eventsInPart)) };
  const { Item } = await dynamodb.send(new GetCommand({ TableName: stateTable, Key, ConsistentRead: true }));
  return Item ? partSchema.parse(Item).events.slice(from % eventsInPart) : [];
}

const partKey = (number: number): string => String(number).padStart(6, '0');
