import type { TestDatabase } from './dynamodb.ts';
import { readAttention } from '../../functions/ops/attention-list.ts';
import { operations, type OperationsDeps } from '../../functions/ops/operations.ts';
import { recordingLog } from './recording-log.ts';
import { startWorld, type WorldOptions } from './world.ts';

export const operator = 'arn:aws:iam::000000000000:user/ada';

/** A world and its operators, who ask as the gateway hands it over. */
export async function startOps(database: TestDatabase, options: WorldOptions) {
  const world = await startWorld(database, options);
  const { log, lines } = recordingLog();
  const { dynamodb, stateTable } = world;

  async function ask(method: string, path: string, body: string, over: Partial<OperationsDeps>) {
    const deps: OperationsDeps = {
      ...world.deps,
      readAttention: () => readAttention({ dynamodb, stateTable }),
      log,
      ...over,
    };
    const answer = await operations({ method, path, body, actor: operator }, deps);
    const parsed: unknown = JSON.parse(answer.body ?? '');
    return { statusCode: answer.statusCode, headers: answer.headers, body: parsed };
  }

  return {
    world,
    lines,
    get: (path: string, over: Partial<OperationsDeps> = {}) => ask('GET', path, '', over),
    /** With a reason, unless the body is given. */
    post: (path: string, body: unknown = { reason: 'seen to' }, over: Partial<OperationsDeps> = {}) =>
      ask('POST', path, typeof body === 'string' ? body : JSON.stringify(body), over),
    ask: (method: string, path: string) => ask(method, path, '', {}),
  };
}

export type Ops = Awaited<ReturnType<typeof startOps>>;
