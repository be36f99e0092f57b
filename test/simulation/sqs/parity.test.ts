import fc from 'fast-check';
import { describe, it } from 'vitest';
import { SqsEngine } from '../../../local/sqs/engine.ts';
import { SqsModel } from './model.ts';

const names = ['lanes', 'feeder', 'dead'] as const;
type Name = (typeof names)[number];
const arn = (name: Name) => `arn:aws:sqs:us-east-1:000000000000:${name}.fifo`;

type Step =
  | { readonly kind: 'send'; readonly queue: Name; readonly group: number; readonly deduplication: number }
  | {
      readonly kind: 'receive';
      readonly queue: Name;
      readonly most: number;
      readonly seconds?: number | undefined;
    }
  | { readonly kind: 'delete'; readonly receive: number }
  | { readonly kind: 'hide'; readonly receive: number; readonly seconds: number }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'purge'; readonly queue: Name }
  | {
      readonly kind: 'move';
      readonly destination?: 'lanes' | 'feeder' | undefined;
      readonly perSecond?: number | undefined;
    }
  | { readonly kind: 'cancel' };

const queue = fc.constantFrom(...names);
const kind = <K extends Step['kind']>(name: K) => fc.constant(name);
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const send = fc.record({ kind: kind('send'), queue, group: fc.nat(2), deduplication: fc.nat(6) });
const receive = fc.record({
  kind: kind('receive'),
  queue,
  most: fc.integer({ min: 1, max: 10 }),
  // Of receives that hide nothing the simulation has none.
  seconds: optional(fc.constantFrom(1, 10)),
});
const steps = fc.array(
  fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
    { arbitrary: send, weight: 6 },
    { arbitrary: receive, weight: 6 },
    { arbitrary: fc.record({ kind: kind('delete'), receive: fc.nat(20) }), weight: 2 },
    {
      arbitrary: fc.record({
        kind: kind('hide'),
        receive: fc.nat(20),
        seconds: fc.constantFrom(0, 5, 43_200),
      }),
      weight: 2,
    },
    {
      arbitrary: fc.record({ kind: kind('pass'), seconds: fc.constantFrom(0.4, 1, 5, 20, 40, 299, 300) }),
      weight: 4,
    },
    fc.record({ kind: kind('purge'), queue }),
    {
      arbitrary: fc.record({
        kind: kind('move'),
        destination: optional(fc.constantFrom('lanes' as const, 'feeder' as const)),
        perSecond: optional(fc.constantFrom(1, 2)),
      }),
      weight: 2,
    },
    fc.record({ kind: kind('cancel') }),
  ),
  { minLength: 10, maxLength: 80 },
);

/** Both under one clock: what each step answers, and what can be seen from outside after it. */
function play(
  all: readonly Step[],
  searched: number,
): readonly { readonly model: unknown; readonly engine: unknown }[] {
  let nowMs = 1_000_000;
  const now = () => nowMs;
  const ids = (prefix: string) => {
    let count = 0;
    return () => `${prefix}${++count}`;
  };
  const model = new SqsModel({ now, newId: ids('m'), searched });
  const engine = new SqsEngine({ now, newId: ids('m'), limits: { searched } });
  model.createQueue('dead', { visibilityTimeoutSeconds: 30 });
  engine.createQueue('dead.fifo', { FifoQueue: 'true', VisibilityTimeout: '30', ...perGroup });
  for (const [name, maxReceiveCount] of [
    ['lanes', 3],
    ['feeder', 1],
  ] as const) {
    model.createQueue(name, {
      visibilityTimeoutSeconds: 15,
      redrive: { deadLetterQueue: 'dead', maxReceiveCount },
    });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount });
    engine.createQueue(`${name}.fifo`, {
      FifoQueue: 'true',
      VisibilityTimeout: '15',
      RedrivePolicy,
      ...perGroup,
    });
  }
  const receipts: { readonly queue: Name; readonly model: string; readonly engine: string }[] = [];
  let task = { model: '', engine: '' };

  function take(step: Step): { readonly model: unknown; readonly engine: unknown } {
    switch (step.kind) {
      case 'pass':
        nowMs += step.seconds * 1000;
        model.advance();
        engine.advance();
        return { model: nowMs, engine: nowMs };
      case 'send': {
        const message = { body: 'b', groupId: `g${step.group}`, deduplicationId: `d${step.deduplication}` };
        const { messageId } = engine.send(`${step.queue}.fifo`, message);
        return { model: model.send(step.queue, message).messageId, engine: messageId };
      }
      case 'receive': {
        const ofModel = model.receive(step.queue, {
          maxMessages: step.most,
          ...(step.seconds !== undefined && { visibilityTimeoutSeconds: step.seconds }),
        });
        const ofEngine = engine.receive(`${step.queue}.fifo`, {
          maxMessages: step.most,
          visibilityTimeoutSeconds: step.seconds,
        });
        ofModel.forEach(({ receiptHandle }, at) =>
          receipts.push({
            queue: step.queue,
            model: receiptHandle,
            engine: ofEngine[at]?.receiptHandle ?? '',
          }),
        );
        return { model: ofModel.map(seen), engine: ofEngine.map(seen) };
      }
      case 'delete':
      case 'hide': {
        const receipt = receipts[step.receive % Math.max(1, receipts.length)];
        if (!receipt) return { model: 'none', engine: 'none' };
        const act = (of: SqsModel | SqsEngine, name: string, handle: string) =>
          outcome(() => {
            if (step.kind === 'delete') of.delete(name, handle);
            else of.changeVisibility(name, handle, step.seconds);
          });
        return {
          model: act(model, receipt.queue, receipt.model),
          engine: act(engine, `${receipt.queue}.fifo`, receipt.engine),
        };
      }
      case 'purge':
        model.purgeQueue(step.queue);
        engine.purgeQueue(`${step.queue}.fifo`);
        return { model: 'purged', engine: 'purged' };
      case 'move': {
        const { destination, perSecond } = step;
        return {
          model: outcome(() => {
            const begun = model.startMoveTask('dead', {
              ...(destination && { destination }),
              ...(perSecond && { perSecond }),
            });
            task = { ...task, model: begun.id };
            return begun.status;
          }),
          engine: outcome(() => {
            const begun = engine.startMoveTask({
              sourceArn: arn('dead'),
              destinationArn: destination && arn(destination),
              maxPerSecond: perSecond,
            });
            task = { ...task, engine: begun.id };
            return begun.status;
          }),
        };
      }
      case 'cancel':
        return {
          model: outcome(() => {
            model.cancelMoveTask(task.model);
          }),
          engine: outcome(() => {
            engine.cancelMoveTask(task.engine);
          }),
        };
    }
  }

  /** What was ready before is ready now, to whoever asks. */
  const readyAt = (at: number | undefined) => (at === undefined ? undefined : Math.max(at, nowMs));
  const outside = (name: Name) => ({
    model: [model.messages(name).map(held), model.nextReadyAt(name), model.nextMoveAt()],
    engine: [
      engine.messages(`${name}.fifo`).map(held),
      readyAt(engine.nextReadyAt(`${name}.fifo`)),
      engine.nextMoveAt(),
    ],
  });
  const seenAfter = all.flatMap((step) => [take(step), ...names.map(outside)]);
  engine.close();
  return seenAfter;
}

const perGroup = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };

const held = ({
  seq,
  id,
  groupId,
  visibleAt,
  receiveCount,
  receipt,
}: ReturnType<SqsModel['messages']>[number] | ReturnType<SqsEngine['messages']>[number]) => ({
  seq,
  id,
  groupId,
  visibleAt,
  receiveCount,
  receipt,
});

const seen = ({
  messageId,
  body,
  receiveCount,
  sentAt,
  firstReceivedAt,
  sequenceNumber,
  groupId,
}: ReturnType<SqsModel['receive']>[number] | ReturnType<SqsEngine['receive']>[number]) => ({
  messageId,
  body,
  receiveCount,
  sentAt,
  firstReceivedAt,
  sequenceNumber,
  groupId,
});

function outcome(work: () => unknown): unknown {
  try {
    return work() ?? 'done';
  } catch {
    return 'refused';
  }
}

describe('the queues of the simulation', () => {
  it('answer as the engine of the local cloud does', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(2, 4, 120_000), (all, searched) => {
        for (const { model, engine } of play(all, searched)) {
          if (JSON.stringify(model) !== JSON.stringify(engine)) {
            throw new Error(`${JSON.stringify(model)} is not ${JSON.stringify(engine)}`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
