import { expect, it } from 'vitest';
import { mailchimp } from '../../functions/providers/mailchimp/preset.ts';
import { aRequest } from '../support/a-request.ts';
import { digestOf, eventsOf, form } from '../support/provider/events-of.ts';
import { answersLook } from '../support/provider/handshakes.ts';
import { isKnownByToken } from '../support/provider/known-by-token.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('mailchimp');

it.each([
  [
    'type=unsubscribe&fired_at=2009-03-26+21%3A40%3A57&data[action]=unsub&data[id]=8a25&data[list_id]=a6b5&data[email]=api%40m.com',
    ['unsubscribe', 'a6b5/api@m.com'],
  ],
  [
    'type=upemail&fired_at=2009-03-26+22%3A15%3A09&data[list_id]=a6b5&data[new_id]=51da&data[new_email]=new%40m.com&data[old_email]=api%40m.com',
    ['upemail', 'a6b5/api@m.com'],
  ],
  [
    'type=campaign&fired_at=2009-03-26+21%3A31%3A21&data[id]=5aa2102003&data[status]=sent&data[list_id]=a6b5',
    ['campaign', 'a6b5/5aa2102003'],
  ],
])('reads %s', async (body, [type, lane]) => {
  expect(await eventsOf(mailchimp(), body, form)).toEqual([[digestOf(body), type, lane]]);
});

it('answers a look at the address', () => answersLook(mailchimp(), 'GET'));

isKnownByToken(mailchimp(), (secret) => aRequest({ rawQuery: String(new URLSearchParams({ secret })) }));
