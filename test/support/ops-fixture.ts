import type { TestDatabase } from './dynamodb.ts';
import type { OperationsDeps } from '../../functions/ops/deps.ts';
import { operations } from '../../functions/ops/operations.ts';
import { readQuery } from '../../functions/ops/operations-request.ts';
import { asDescribed } from './as-described.ts';
import { recordingLog } from './recording-log.ts';
import { startWorld, type WorldOptions } from './world.ts';

export const operator = 'arn:aws:iam::000000000000:user/ada';

/** A world and its operators, who ask as the gateway hands it over. Whatever is answered has to be as the OpenAPI document says. */
export async function startOps(database: TestDatabase, options: WorldOptions) {
  const world = await startWorld(database, options);
  const { log, lines } = recordingLog();
  const { dynamodb, ledgerTable } = world;

  async function ask(method: string, target: string, body: string, over: Partial<OperationsDeps>) {
    const deps: OperationsDeps = {
      ...world.deps,
      dynamodb,
      ledgerTable,
      deadLetterUrl: 'dead.fifo',
      version: '1.2.3',
      secretOf: async () => ({ isPresent: true, changedAt: undefined }),
      sources: options.sources,
      log,
      ...over,
    };
    const [path = '', query = ''] = target.split('?');
    const answer = await operations({ method, path, query: readQuery(query), body, actor: operator }, deps);
    const parsed = asDescribed(method, path, answer);
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
