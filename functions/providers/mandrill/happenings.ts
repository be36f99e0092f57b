import { form, type Happenings } from '../happenings.ts';

const mandrill = (...events: object[]) => form({ mandrill_events: JSON.stringify(events) });
const click = { event: 'click', _id: 'm', ts: 1772366400, msg: { email: 'a@example.com' } };

export const mandrillHappenings: Happenings = {
  id: 'message, event, second, and digest of the event',
  differ: 'anything in the event, such as the link that was clicked',
  repeats: 'two events that are equal to the byte within one second',
  first: mandrill({ ...click, url: 'https://example.com/a' }),
  second: mandrill({ ...click, url: 'https://example.com/b' }),
  sameLane: [mandrill({ ...click, event: 'open' })],
};
