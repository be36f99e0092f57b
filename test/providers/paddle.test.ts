import { createHmac } from 'node:crypto';
import { Paddle } from '@paddle/paddle-node-sdk';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { paddle, paddleSignature } from '../../functions/providers/paddle/preset.ts';
import { paddleSample } from '../../functions/providers/paddle/sample.ts';
import { unsignedRequest } from '../../functions/providers/signed-sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { now } from '../support/provider/clock.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('paddle');

it('the id of the event, not that of the notification, which another delivery has anew', async () => {
  const body = {
    event_id: 'evt_01hnk0t9wq8c8e6y8v2bqsc9x1',
    event_type: 'subscription.activated',
    occurred_at: '2024-02-01T12:59:21.164Z',
    notification_id: 'ntf_01hnk0ta1pbv6b4g2k0tw3k2fk',
    data: { id: 'sub_01hnk0sx6yhr5fv3b6t9mgmq52', status: 'active', customer_id: 'ctm_01' },
  };

  expect(await eventsOf(paddle(), body)).toEqual([
    ['evt_01hnk0t9wq8c8e6y8v2bqsc9x1', 'subscription.activated', 'sub_01hnk0sx6yhr5fv3b6t9mgmq52'],
  ]);
});

const { webhooks } = new Paddle('an API key');

agreesWithLibrary({
  name: '@paddle/paddle-node-sdk',
  sample: paddleSample,
  keys: textSecrets,
  // Paddle's library finds an empty body no body.
  bodies: fc.json({ stringUnit: 'grapheme' }),
  accepts: async ({ body, headers }, { secret }, at) => {
    // It takes its time from the clock, and leaves 5 s.
    vi.useFakeTimers({ now: at, toFake: ['Date'] });
    try {
      const signature = headers['paddle-signature'] ?? '';
      return await webhooks.isSignatureValid(Buffer.from(body).toString(), secret, signature);
    } finally {
      vi.useRealTimers();
    }
  },
});

describe('a signature of Paddle', () => {
  const request = unsignedRequest(paddleSample, now);
  const signed = (secondsAgo: number, ...secrets: readonly string[]) => {
    const ts = now.getTime() / 1000 - secondsAgo;
    const signatures = secrets.map((secret) => {
      const mac = createHmac('sha256', secret).update(`${ts}:`).update(request.body);
      return `h1=${mac.digest('hex')}`;
    });
    const header = [`ts=${ts}`, ...signatures].join(';');
    return { ...request, headers: { ...request.headers, 'paddle-signature': header } };
  };

  it('counts wherever it stands among several, as during a rotation', async () => {
    const { verify } = paddle();

    expect(await verify.verify(signed(0, 'old', 'new'), ['new'], now)).toEqual({ verified: true });
    expect(await verify.verify(signed(0, 'old', 'new'), ['old'], now)).toEqual({ verified: true });
  });

  it('may be 30 s old, or as old as the configuration says', async () => {
    const narrow = paddle({ verify: paddleSignature(5) }).verify;

    expect(await paddle().verify.verify(signed(30, 's'), ['s'], now)).toEqual({ verified: true });
    expect(await paddle().verify.verify(signed(31, 's'), ['s'], now)).toMatchObject({
      cause: 'timestamp-expired',
    });
    expect(await narrow.verify(signed(5, 's'), ['s'], now)).toEqual({ verified: true });
    expect(await narrow.verify(signed(6, 's'), ['s'], now)).toMatchObject({ cause: 'timestamp-expired' });
    expect(await narrow.verify(signed(-6, 's'), ['s'], now)).toMatchObject({ cause: 'timestamp-in-future' });
  });
});
