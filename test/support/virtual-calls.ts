import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Dynamo } from './intercept.ts';
import type { SweptWorld } from './sweeper-world.ts';

const callMs = 5;
/** Of the SDK's request handler: more calls than that wait for each other. */
const sockets = 50;

/** A process that was killed: what it waits for never comes. */
const forEver = new Promise<never>(() => undefined);

/**
 * The services as a sweeper meets them: every call takes so long of the world's time, and those that were made at the same time overlap. It
 * is applied when its time is over. `killedAt`: the call at which the process ends, `before` or `after` that is applied.
 */
export function virtualCalls(
  world: Pick<SweptWorld, 'dynamodb' | 'deps' | 'now' | 'passSeconds'>,
  killed?: { readonly at: number; readonly when: 'before' | 'after' },
) {
  /** What happens at a time, in the order in which it was planned. */
  const planned = new Map<number, (() => void)[]>();
  const waiting: (() => void)[] = [];
  let open = 0;
  let made = 0;
  let isDead = false;

  function plan(act: () => void): void {
    const at = world.now().getTime() + callMs;
    const acts = planned.get(at);
    if (acts) acts.push(act);
    else planned.set(at, [act]);
  }

  async function call<T>(apply: () => Promise<T>): Promise<T> {
    if (isDead) return await forEver;
    const number = ++made;
    if (number === killed?.at && killed.when === 'before') {
      isDead = true;
      return await forEver;
    }
    if (open >= sockets) await new Promise<void>((begin) => waiting.push(begin));
    else open++;
    await new Promise<void>(plan);
    // What was under way as the process died is applied, and nobody hears of it.
    const answer = apply();
    const next = waiting.shift();
    if (next) next();
    else open--;
    if (number === killed?.at) isDead = true;
    if (isDead) {
      await answer.catch(() => undefined);
      return await forEver;
    }
    return await answer;
  }

  const dynamodb = {
    send: (command: Parameters<Dynamo['send']>[0]) => call<unknown>(() => world.dynamodb.send(command)),
  };
  const sqs = {
    send: (command: Parameters<SQSClient['send']>[0]) => call<unknown>(() => world.deps.sqs.send(command)),
  } as Pick<SQSClient, 'send'>;

  /** Lets time pass until the work is done, or its process is dead. */
  async function run(work: Promise<unknown>): Promise<void> {
    const state = { isDone: false };
    const done = () => void (state.isDone = true);
    work.then(done, done);
    for (;;) {
      // Everything that was settled goes on to its next call.
      await new Promise(setImmediate);
      if (state.isDone) break;
      const [at] = planned.keys();
      if (at === undefined) {
        if (isDead) return;
        throw new Error('it waits for nothing');
      }
      const acts = planned.get(at) ?? [];
      planned.delete(at);
      world.passSeconds((at - world.now().getTime()) / 1000);
      for (const act of acts) act();
    }
    await work;
  }

  return { dynamodb, sqs, run, calls: () => made, isDead: () => isDead };
}
