import { expect, it } from 'vitest';
import { discordInteractions } from '../../functions/providers/discord-interactions/preset.ts';
import { discordInteractionsSample } from '../../functions/providers/discord-interactions/sample.ts';
import { agreesWithDiscord } from '../support/provider/agrees-with-discord.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { answersPing, outcome } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('discord-interactions');

it.each([
  [2, 'application-command'],
  [3, 'message-component'],
  [4, 'autocomplete'],
  [5, 'modal-submit'],
  [9, 'type-9'],
])('interactions of type %i are called %s', async (type, name) => {
  const body = { id: 'i1', application_id: '1', type, token: 't', channel_id: 'c1' };

  expect(await eventsOf(discordInteractions(), body)).toEqual([['i1', name, 'c1']]);
});

it('answers a ping, which is no event', () => {
  answersPing(discordInteractions(), { id: '1', type: 1 }, { status: 200, body: { type: 1 } });
});

it.each([
  [2, { type: 5 }],
  [3, { type: 6 }],
  [4, { type: 8, data: { choices: [] } }],
  [5, { type: 5 }],
])('is answered to type %i that it is put off', (type, body) => {
  expect(discordInteractions().respond?.(outcome(202, { type }))).toEqual({ status: 200, body });
  expect(discordInteractions().respond?.(outcome(409, { type }))).toMatchObject({ status: 409 });
});

agreesWithDiscord(discordInteractionsSample);
