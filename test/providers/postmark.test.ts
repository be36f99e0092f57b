import { describe, expect, it } from 'vitest';
import { postmark } from '../../functions/providers/postmark/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('postmark');

describe('its events', () => {
  const message = '883953f4-6105-42a2-a16a-77a8eac79483';

  it.each([
    [
      {
        RecordType: 'Bounce',
        ID: 42,
        Type: 'HardBounce',
        Email: 'j@example.com',
        BouncedAt: '2019-11-05T16:33:54Z',
      },
      [`Bounce/${message}/42`, 'Bounce', message],
    ],
    [
      { RecordType: 'Open', FirstOpen: true, Recipient: 'j@example.com', ReceivedAt: '2019-11-05T16:33:54Z' },
      [`Open/${message}/j@example.com/2019-11-05T16:33:54Z`, 'Open', message],
    ],
    [
      { RecordType: 'SubscriptionChange', Recipient: 'j@example.com', ChangedAt: '2020-02-01T10:53:34Z' },
      [`SubscriptionChange/${message}/j@example.com/2020-02-01T10:53:34Z`, 'SubscriptionChange', message],
    ],
    [{ From: 'j@example.com', Subject: 'Hello' }, [`Inbound/${message}`, 'Inbound', message]],
  ])('reads %j', async (record, expected) => {
    expect(await eventsOf(postmark(), JSON.stringify({ MessageID: message, ...record }))).toEqual([expected]);
  });
});

isKnownByToken(postmark(), (pair) => aRequest({ headers: { authorization: `Basic ${btoa(pair)}` } }));
