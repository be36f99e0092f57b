import { expect, it } from 'vitest';
import { telegram } from '../../functions/providers/telegram/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('telegram');

it('the chat of whatever the update holds, else the user', async () => {
  const update = (kind: string, value: object) => ({ update_id: 5, [kind]: value });
  const of = async (kind: string, value: object) =>
    await eventsOf(telegram(), JSON.stringify(update(kind, value)), {}, new Date('2026-03-01T12:00:00Z'));
  const id = '5/2026-02-26T00:00:00.000Z';

  expect(await of('message', { chat: { id: -100 }, from: { id: 7 } })).toEqual([[id, 'message', '-100']]);
  expect(await of('callback_query', { id: 'q', from: { id: 7 }, message: { chat: { id: -100 } } })).toEqual([
    [id, 'callback_query', '-100'],
  ]);
  expect(await of('inline_query', { id: 'q', from: { id: 7 } })).toEqual([[id, 'inline_query', '7']]);
  expect(await of('poll', { id: 'p' })).toEqual([[id, 'poll', id]]);
});

isKnownByToken(telegram(), (token) => aRequest({ headers: { 'x-telegram-bot-api-secret-token': token } }));
