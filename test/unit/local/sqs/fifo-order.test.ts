import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FifoLimits } from '../../../../local/sqs/limits.ts';
import { engineOnFakeClock, redriveTo } from '../../../support/sqs-engine.ts';

const maxReceives = 3;

type ModelMessage = { group: string; body: string; visibleAt: number; receives: number };

/** A FIFO queue as a list, read from the start every time: no further than is searched, nothing while too much is in flight. */
class NaiveQueue {
  messages: ModelMessage[] = [];
  dead: string[] = [];
  readonly #limits: FifoLimits;

  constructor(limits: FifoLimits) {
    this.#limits = limits;
  }

  receive(max: number, timeoutSeconds: number, now: number): string[] {
    const taken: string[] = [];
    const isHidden = (message: ModelMessage): boolean => message.visibleAt > now;
    const room = this.#limits.inFlight - this.messages.filter(isHidden).length;
    const most = Math.min(max, room);
    const searched = this.messages.slice(0, this.#limits.searched);
    for (const group of new Set(searched.map((message) => message.group))) {
      const members = this.messages.filter((message) => message.group === group);
      if (members.some(isHidden)) continue;
      for (const message of members) {
        if (taken.length >= most) return taken;
        if (message.receives === maxReceives) {
          this.remove(message.body);
          this.dead.push(message.body);
          continue;
        }
        message.receives++;
        message.visibleAt = now + timeoutSeconds * 1000;
        taken.push(message.body);
      }
    }
    return taken;
  }

  remove(body: string): void {
    this.messages = this.messages.filter((message) => message.body !== body);
  }

  find(body: string): ModelMessage | undefined {
    return this.messages.find((message) => message.body === body);
  }
}

const smallLimits = fc.record({
  searched: fc.integer({ min: 1, max: 6 }),
  inFlight: fc.integer({ min: 1, max: 6 }),
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      group: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('receive' as const),
      max: fc.integer({ min: 1, max: 4 }),
      timeoutSeconds: fc.integer({ min: 1, max: 10 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('delete' as const), receipt: fc.nat({ max: 20 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('hide' as const),
      receipt: fc.nat({ max: 20 }),
      seconds: fc.integer({ min: 0, max: 10 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 6 }) }),
  },
);

describe('FIFO order', () => {
  test('is that of a plain list in which a group with anything in flight is skipped, within the limits of SQS', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), smallLimits, (steps, limits) => {
        const { engine, fifo, send, passSeconds, now } = engineOnFakeClock({ limits });
        const dead = fifo('dead.fifo');
        const queue = fifo('q.fifo', redriveTo(dead, maxReceives));
        const model = new NaiveQueue(limits);
        const receipts: { body: string; handle: string; receives: number }[] = [];
        const accepts = (act: () => void): boolean => {
          try {
            act();
            return true;
          } catch {
            return false;
          }
        };
        // The model's own opinion on a receipt: of the newest receive of a message that is still hidden.
        const held = (receipt: (typeof receipts)[number]): ModelMessage | undefined => {
          const message = model.find(receipt.body);
          return message && message.receives === receipt.receives && message.visibleAt > now()
            ? message
            : undefined;
        };

        for (const [number, action] of steps.entries()) {
          switch (action.kind) {
            case 'send': {
              const body = `${action.group}${number}`;
              send(queue, action.group, body);
              model.messages.push({ group: action.group, body, visibleAt: 0, receives: 0 });
              break;
            }
            case 'receive': {
              const received = engine.receive(queue, {
                maxMessages: action.max,
                visibilityTimeoutSeconds: action.timeoutSeconds,
              });
              expect(received.map(({ body }) => body)).toEqual(
                model.receive(action.max, action.timeoutSeconds, now()),
              );
              for (const { body, receiptHandle, receiveCount } of received) {
                receipts.push({ body, handle: receiptHandle, receives: receiveCount });
              }
              break;
            }
            case 'delete': {
              const receipt = receipts[action.receipt % receipts.length];
              if (!receipt) break;
              const gone = !model.find(receipt.body);
              const accepted = accepts(() => engine.delete(queue, receipt.handle));
              expect(accepted).toBe(gone || held(receipt) !== undefined);
              if (accepted) model.remove(receipt.body);
              break;
            }
            case 'hide': {
              const receipt = receipts[action.receipt % receipts.length];
              if (!receipt) break;
              const message = held(receipt);
              const accepted = accepts(() => engine.changeVisibility(queue, receipt.handle, action.seconds));
              expect(accepted).toBe(message !== undefined);
              if (message) message.visibleAt = now() + action.seconds * 1000;
              break;
            }
            case 'pass':
              passSeconds(action.seconds);
          }
        }

        const isHidden = ({ visibleAt }: ModelMessage) => visibleAt > now();
        expect(engine.attributes(dead).ApproximateNumberOfMessages).toBe(String(model.dead.length));
        expect(engine.attributes(queue)).toMatchObject({
          ApproximateNumberOfMessages: String(model.messages.filter((one) => !isHidden(one)).length),
          ApproximateNumberOfMessagesNotVisible: String(model.messages.filter(isHidden).length),
        });
        engine.close();
      }),
      { numRuns: 500 },
    );
  });
});
