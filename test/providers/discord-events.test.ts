import { expect, it } from 'vitest';
import { discordEvents } from '../../functions/providers/discord-events/preset.ts';
import { discordEventsSample } from '../../functions/providers/discord-events/sample.ts';
import { agreesWithDiscord } from '../support/provider/agrees-with-discord.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { answersPing, outcome } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('discord-events');

it('what the event is about, else the user', async () => {
  const body = (type: string, data: object) => ({
    version: 1,
    application_id: '1',
    type: 1,
    event: { type, timestamp: '2026-03-01T12:00:00.000000', data },
  });
  const entitled = body('ENTITLEMENT_CREATE', { id: 'e1', user_id: 'u1' });
  const authorized = body('APPLICATION_AUTHORIZED', { integration_type: 1, user: { id: 'u1' }, scopes: [] });

  expect(await eventsOf(discordEvents(), entitled)).toEqual([
    [digestOf(entitled), 'ENTITLEMENT_CREATE', 'e1'],
  ]);
  expect(await eventsOf(discordEvents(), authorized)).toEqual([
    [digestOf(authorized), 'APPLICATION_AUTHORIZED', 'u1'],
  ]);
});

it('answers a ping, which is no event', () => {
  const answer = { status: 204, headers: { 'content-type': 'application/json' } };

  answersPing(discordEvents(), { version: 1, application_id: '1', type: 0 }, answer);
});

it('is answered without content, but with a content type', () => {
  const noContent = { status: 204, headers: { 'content-type': 'application/json' } };

  expect(discordEvents().respond?.(outcome(202))).toEqual(noContent);
  expect(discordEvents().respond?.(outcome(200))).toEqual(noContent);
  expect(discordEvents({ duplicates: { status: 409 } }).respond?.(outcome(409))).toMatchObject({
    status: 409,
  });
});

agreesWithDiscord(discordEventsSample);
