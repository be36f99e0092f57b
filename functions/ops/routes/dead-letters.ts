import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { found, problem, type Answer } from '../answer.ts';
import type { OperationsDeps } from '../deps.ts';
import { askQueue, queueNumbersSchema } from '../queues.ts';
import { route, type Route } from '../route.ts';
import { because, time } from '../wire.ts';

const moveSchema = z.object({
  status: z.string().meta({ examples: ['RUNNING', 'COMPLETED', 'CANCELLED', 'FAILED'] }),
  moved: z.int().meta({ description: 'About so many' }),
  toMove: z.int().optional(),
  maxPerSecond: z.int().optional(),
  startedAt: time.optional(),
  failure: z.string().optional(),
});

export const deadLettersSchema = z
  .object({
    queue: queueNumbersSchema,
    moves: z.array(moveSchema).meta({ description: "The queue's own move tasks, the newest first" }),
  })
  .meta({ description: 'The dead-letter queue, and what is being moved out of it' });

const read = async (deps: OperationsDeps) => {
  const { arn, ...queue } = await askQueue(deps.sqs, deps.deadLetterUrl);
  const { Results = [] } = await deps.sqs.send(
    new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 10 }),
  );
  return { arn, queue, tasks: Results };
};

async function shown(deps: OperationsDeps): Promise<Answer> {
  const { queue, tasks } = await read(deps);
  const moves = tasks.map((task) => ({
    status: task.Status ?? 'UNKNOWN',
    moved: task.ApproximateNumberOfMessagesMoved ?? 0,
    toMove: task.ApproximateNumberOfMessagesToMove,
    maxPerSecond: task.MaxNumberOfMessagesPerSecond,
    ...(task.StartedTimestamp !== undefined && { startedAt: new Date(task.StartedTimestamp) }),
    failure: task.FailureReason,
  }));
  return found({ queue, moves });
}

const isRunning = ({ Status }: { readonly Status?: string | undefined }): boolean => Status === 'RUNNING';

/** False: SQS refuses, since another operator has started or stopped the move after we looked. */
async function isTaken(
  change: Promise<unknown>,
  before: 'idle' | 'running',
  deps: OperationsDeps,
): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    const now = (await read(deps)).tasks.some(isRunning) ? 'running' : 'idle';
    if (now !== before) return false;
    throw error;
  }
}

export const deadLetterRoutes: readonly Route[] = [
  route(
    {
      method: 'GET',
      path: '/ops/dead-letters',
      name: 'readDeadLetters',
      tag: 'dead letters',
      summary: 'How many dead letters there are, and what is moved',
      answer: deadLettersSchema,
      problems: [],
    },
    async (_, deps) => await shown(deps),
  ),
  route(
    {
      method: 'POST',
      path: '/ops/dead-letters/move',
      name: 'moveDeadLetters',
      tag: 'dead letters',
      summary:
        'Move all dead letters back, as the SQS console does: each event is redriven, in the order of its lane',
      body: because.extend({ maxPerSecond: z.int().min(1).max(500).optional() }),
      answer: deadLettersSchema,
      problems: ['move-refused'],
    },
    async ({ body: { maxPerSecond, reason }, actor }, deps) => {
      const { arn, tasks } = await read(deps);
      if (tasks.some(isRunning)) return problem('move-refused');
      const start = new StartMessageMoveTaskCommand({
        SourceArn: arn,
        MaxNumberOfMessagesPerSecond: maxPerSecond,
      });
      if (!(await isTaken(deps.sqs.send(start), 'idle', deps))) return problem('move-refused');
      deps.log.info('dead letters are moved', { actor, reason });
      return await shown(deps);
    },
  ),
  route(
    {
      method: 'POST',
      path: '/ops/dead-letters/cancel',
      name: 'cancelMove',
      tag: 'dead letters',
      summary: 'Stop the move that runs; what was moved stays moved',
      body: because,
      answer: deadLettersSchema,
      problems: ['move-refused'],
    },
    async ({ body: { reason }, actor }, deps) => {
      const { tasks } = await read(deps);
      const handle = tasks.find(isRunning)?.TaskHandle;
      if (handle === undefined) return problem('move-refused');
      const cancel = new CancelMessageMoveTaskCommand({ TaskHandle: handle });
      if (!(await isTaken(deps.sqs.send(cancel), 'running', deps))) return problem('move-refused');
      deps.log.info('a move of dead letters was stopped', { actor, reason });
      return await shown(deps);
    },
  ),
];
