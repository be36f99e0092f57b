import { describe, expect, it } from 'vitest';
import { twitch } from '../../functions/providers/twitch/preset.ts';
import { twitchSample } from '../../functions/providers/twitch/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { now } from '../support/provider/clock.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { answered, ask, plain } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('twitch');

describe('its events', () => {
  const headers = {
    'twitch-eventsub-message-id': 'm1',
    'twitch-eventsub-message-timestamp': '2026-03-01T12:00:00.123456789Z',
  };
  const subscription = {
    id: 's',
    type: 'stream.online',
    status: 'enabled',
    condition: { broadcaster_user_id: '1' },
  };

  it('reads notifications and revocations', async () => {
    expect(await eventsOf(twitch(), { subscription, event: { id: 'e' } }, headers)).toEqual([
      ['m1', 'stream.online', '1'],
    ]);
    expect(
      await eventsOf(
        twitch(),
        { subscription: { ...subscription, status: 'authorization_revoked' } },
        headers,
      ),
    ).toEqual([['m1', 'revocation', '1']]);
  });

  it('finds the channel or the user under other names', async () => {
    const laneOf = async (condition: object) =>
      (
        (await eventsOf(
          twitch(),
          { subscription: { ...subscription, condition }, event: {} },
          headers,
        )) as string[][]
      )[0]![2];

    expect(await laneOf({ from_broadcaster_user_id: '', to_broadcaster_user_id: '2' })).toBe('2');
    expect(await laneOf({ user_id: '3' })).toBe('3');
    expect(await laneOf({ client_id: 'c' })).toBe('m1');
  });

  it('reads a batch event by event', async () => {
    const type = 'drop.entitlement.grant';
    const events = [
      { id: 'd1', data: {} },
      { id: 'd2', data: {} },
    ];
    const body = { subscription: { ...subscription, type, condition: { organization_id: 'o' } }, events };

    expect(await eventsOf(twitch(), body, headers)).toEqual([
      ['m1/d1', type, 'm1/d1'],
      ['m1/d2', type, 'm1/d2'],
    ]);
    expect(await eventsOf(twitch(), { ...body, events: [{}] }, headers)).toEqual([
      [otherwise, type, otherwise],
    ]);
  });

  it('has a version with all its digits', async () => {
    const source = twitch({ order: { version: twitch.facts.version! } });

    expect(await eventsOf(source, { subscription, event: {} }, headers)).toHaveLength(1);
  });
});

it('Twitch gets its challenge back once its signature was right', () => {
  const headers = { 'twitch-eventsub-message-type': 'webhook_callback_verification' };
  const request = aRequest({
    headers,
    body: '{"challenge":"pogchamp-kappa-360noscope-vohiyo","subscription":{}}',
  });

  expect(ask(twitch(), request, true)).toEqual(
    answered('callback-verification', plain('pogchamp-kappa-360noscope-vohiyo')),
  );
  expect(ask(twitch(), request, false)).toBeUndefined();
  expect(ask(twitch(), { ...request, headers: {} }, true)).toBeUndefined();
});

agreesWithFormula({
  sample: twitchSample,
  headers: ({ headers, body }, secret) => {
    const id = headers['twitch-eventsub-message-id'] ?? '';
    // With nanoseconds, as Twitch writes it.
    const time =
      headers['twitch-eventsub-message-timestamp'] ?? now.toISOString().replace('.000Z', '.123456789Z');
    return {
      'twitch-eventsub-message-timestamp': time,
      'twitch-eventsub-message-signature': `sha256=${hex(secret, id, time, body)}`,
    };
  },
});
