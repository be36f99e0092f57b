import type { Handler, HandlerContext, WebhookEvent } from '../../functions/api/handler.ts';
import { effectsTable } from './composition.ts';
import type { Run } from './history.ts';
import type { Behaviour } from './scenario.ts';
import { startAt, type RunningProcess, type World } from './world.ts';

const succeeds: Behaviour = { kind: 'ok', ms: 5, calls: true, effects: 1 };

/** The user's handlers: each run of an event does what the plan says of it; in a healed world all go well. */
export function handlerOf(
  world: World,
  timeoutSeconds: number,
): (process: RunningProcess, deadline: number, source: string) => Handler {
  const { scheduler, history, plan, trace } = world;
  const runs = new Map<string, number>();

  /** What a destination does that is away. */
  function awayAt(source: string): Behaviour | undefined {
    const since = scheduler.now - startAt;
    const away = plan.away.find((one) => one.source === source && one.from <= since && since < one.to);
    if (away === undefined) return undefined;
    const silent = { ms: 10, calls: false, effects: 0 };
    const { asksSeconds: seconds } = away;
    return seconds === undefined
      ? { ...silent, kind: 'fail' }
      : { ...silent, kind: 'retry-after', seconds, forAll: true };
  }

  async function handle(
    key: string,
    source: string,
    ctx: HandlerContext,
    process: RunningProcess,
    deadline: number,
  ) {
    const { actor, version } = process;
    const number = runs.get(key) ?? 0;
    const away = world.isHealed ? undefined : awayAt(source);
    if (away === undefined) runs.set(key, number + 1);
    const planned = plan.events.find(({ source, id }) => `${source}#${id}` === key);
    const [first] = planned?.behaviours ?? [];
    // What there is nothing to do about stays like that, but is soon done.
    const healed = first?.kind === 'ignore' ? { ...first, ms: succeeds.ms } : succeeds;
    const behaviour = away ?? (world.isHealed ? healed : (planned?.behaviours[number] ?? succeeds));
    const { attempt, idempotencyKey } = ctx;
    const run: Run = { event: key, actor: actor.name, attempt, idempotencyKey, deadline, wants: behaviour };
    history.add({ kind: 'attempt-started', at: scheduler.now, run });
    trace(`${actor.name} runs ${key}, attempt ${attempt}: ${behaviour.kind} after ${behaviour.ms} ms`);
    const { effects } = behaviour;
    try {
      await act(behaviour, run, ctx, process);
      history.add({ kind: 'attempt-ended', at: scheduler.now, run, how: 'returned', effects });
      return behaviour.kind === 'ignore' ? { ignored: 'nothing to do' } : { run: number };
    } catch (error) {
      const how = error instanceof version.WaitFor ? 'waits' : 'threw';
      history.add({ kind: 'attempt-ended', at: scheduler.now, run, how, effects: 0 });
      throw error;
    }
  }

  async function act(
    behaviour: Behaviour,
    run: Run,
    ctx: HandlerContext,
    { actor, version: { PermanentError, RetryAfter, WaitFor } }: RunningProcess,
  ): Promise<void> {
    const { kind, ms, calls, effects, seconds = 7, types = [], forAll = false } = behaviour;
    await actor.sleep(kind === 'hang' ? timeoutSeconds * 1500 : ms);
    if (ctx.signal.aborted) throw new Error('told to stop');
    if (kind === 'wait-for') throw new WaitFor([...types], { timeoutSeconds: seconds });
    if (calls) {
      await actor.effect('an outside call', () => {
        history.add({ kind: 'outside-call', at: scheduler.now, run });
      });
    }
    for (let effect = 0; effect < effects; effect++) {
      ctx.transact([
        {
          Update: {
            TableName: effectsTable,
            Key: { pk: run.event, sk: `${run.idempotencyKey}#${effect}` },
            UpdateExpression: 'ADD hits :one',
            ExpressionAttributeValues: { ':one': 1 },
          },
        },
      ]);
    }
    if (kind === 'fail') throw new Error('the handler failed');
    if (kind === 'permanent') throw new PermanentError('no retry can help');
    if (kind === 'retry-after') throw new RetryAfter(seconds, undefined, { forAll });
  }

  return (process, deadline, source) => (event: WebhookEvent, ctx) =>
    handle(`${source}#${event.eventId}`, source, ctx, process, deadline);
}
