import { defineConfig, defineHandlers, none, PermanentError, source, stripe } from 'hooklane';
import { runHandler, sampleEvent } from 'hooklane/testing';
import { describe, expect, it } from 'vitest';

const config = defineConfig({
  sources: { billing: stripe(), notes: source({ verify: none(), id: 'id' }) },
  subscribers: { billing: { ledger: {}, crm: {} } },
});
const handlers = defineHandlers(config, {
  'billing/*': {
    ledger: async (event, ctx) => {
      ctx.transact([{ Put: { TableName: 'ledger', Item: { pk: event.body.id } } }]);
      await ctx.once('booked', () => Promise.resolve(true));
      return { key: ctx.idempotencyKey };
    },
    crm: async (event) => {
      throw new PermanentError(`no customer of ${event.source}`);
    },
  },
  'billing/ping': async () => ({ ignored: 'a ping' }),
});
const event = await sampleEvent(handlers, 'billing', { preset: 'stripe' });

describe('runHandler', () => {
  it('runs the handler of the subscriber that is named, with an idempotency key of its own', async () => {
    const { result, transacted, finished } = await runHandler(handlers, event, { subscriber: 'ledger' });

    const ofSource = await runHandler(
      defineHandlers(config, {
        'billing/*': async (_, ctx) => ({ key: ctx.idempotencyKey }),
        'billing/never': { ledger: async () => undefined, crm: async () => undefined },
      }),
      event,
    );
    expect(transacted).toHaveLength(1);
    expect(finished).toEqual({ booked: true });
    expect(result).toEqual({ key: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
    expect(result).not.toEqual(ofSource.result);
  });

  it('throws what the handler of the subscriber throws', async () => {
    await expect(runHandler(handlers, event, { subscriber: 'crm' })).rejects.toThrow(
      new PermanentError('no customer of billing'),
    );
  });

  it('runs the one handler of a type that is not handed on', async () => {
    expect((await runHandler(handlers, { ...event, type: 'ping' })).result).toEqual({ ignored: 'a ping' });
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'no subscriber is named',
      () => runHandler(handlers, event),
      `billing/${event.type} is handed on: name the subscriber whose handler is to run (ledger, crm)`,
    ],
    [
      'there is no such subscriber',
      // @ts-expect-error -- the configuration names no such subscriber
      () => runHandler(handlers, event, { subscriber: 'shop' }),
      `no handler of a subscriber "shop" is for billing/${event.type}`,
    ],
    [
      'the event is not handed on',
      () => runHandler(handlers, { ...event, type: 'ping' }, { subscriber: 'crm' }),
      'no handler of a subscriber "crm" is for billing/ping',
    ],
    [
      'nobody wants it',
      () => runHandler(handlers, { ...event, source: 'notes' }),
      `no handler is for notes/${event.type}: it would be ignored`,
    ],
  ])('says so where %s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });
});
