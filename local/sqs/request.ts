import * as z from 'zod';
import type { LongPolls } from './long-poll.ts';
import { queueNameOfUrl } from './queue-arn.ts';
import type { SqsEngine } from './engine.ts';
import { missingParameter, SqsError } from './sqs-error.ts';

export type ActionContext = {
  engine: SqsEngine;
  polls: LongPolls;
  queueUrl: (queueName: string) => string;
  /** Fires when the client has gone away. */
  gone: AbortSignal;
};

/** Answers one request; what it returns is the response's JSON. @throws SqsError for what SQS would refuse. */
export type Action = (request: unknown, context: ActionContext) => object | Promise<object>;

export function defineAction<S extends z.ZodType>(
  schema: S,
  answer: (request: z.output<S>, context: ActionContext) => object | Promise<object>,
): Action {
  return (request, context) => {
    const parsed = schema.safeParse(request);
    if (!parsed.success) throw refusal(request, parsed.error);
    return answer(parsed.data, context);
  };
}

function refusal(request: unknown, error: z.ZodError): SqsError {
  const absent = error.issues.find(({ path }) => path.length > 0 && valueAt(request, path) === undefined);
  if (absent) return missingParameter(absent.path.map(String).join('.'));
  return new SqsError('SerializationException', z.prettifyError(error));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** Requests that name a queue do so by its URL; inside it goes by its name. */
export const queueRequest = z.object({ QueueUrl: z.string().transform(queueNameOfUrl) });
