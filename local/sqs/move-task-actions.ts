import * as z from 'zod';
import type { MoveTask } from './move-task-store.ts';
import { defineAction, type Action } from './request.ts';
import { invalidParameter, resourceNotFound } from './sqs-error.ts';

const handleSchema = z.object({ taskId: z.string(), sourceArn: z.string() });

export const moveTaskActions: Record<string, Action> = {
  StartMessageMoveTask: defineAction(
    z.object({
      SourceArn: z.string(),
      DestinationArn: z.string().optional(),
      MaxNumberOfMessagesPerSecond: z.int().optional(),
    }),
    ({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }, { engine }) => {
      const task = engine.startMoveTask({
        sourceArn: SourceArn,
        destinationArn: DestinationArn,
        maxPerSecond: MaxNumberOfMessagesPerSecond,
      });
      return { TaskHandle: taskHandle(task) };
    },
  ),

  ListMessageMoveTasks: defineAction(
    z.object({ SourceArn: z.string(), MaxResults: z.int().default(1) }),
    ({ SourceArn, MaxResults }, { engine }) => {
      if (MaxResults < 1 || MaxResults > 10) {
        throw invalidParameter('MaxResults', MaxResults, 'Must be between 1 and 10, if provided.');
      }
      return { Results: engine.listMoveTasks(SourceArn, MaxResults).map(onWire) };
    },
  ),

  CancelMessageMoveTask: defineAction(z.object({ TaskHandle: z.string() }), ({ TaskHandle }, { engine }) => ({
    ApproximateNumberOfMessagesMoved: engine.cancelMoveTask(taskIdOf(TaskHandle)),
  })),
};

function onWire(task: MoveTask): object {
  return {
    // Only a running task can be cancelled, so only a running one shows its handle.
    ...(task.status === 'RUNNING' && { TaskHandle: taskHandle(task) }),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
    ...(task.maxPerSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.maxPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
    StartedTimestamp: task.startedAt,
  };
}

function taskHandle(task: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: task.id, sourceArn: task.sourceArn })).toString('base64');
}

function taskIdOf(handle: string): string {
  try {
    return handleSchema.parse(JSON.parse(Buffer.from(handle, 'base64').toString())).taskId;
  } catch {
    throw resourceNotFound('TaskHandle');
  }
}
