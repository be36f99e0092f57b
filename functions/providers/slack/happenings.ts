import { form, json, type Happenings } from '../happenings.ts';

const slackEvent = (event: object, id = 'c') =>
  json({ type: 'event_callback', team_id: 'T', event_id: id, event });

export const slackHappenings: Happenings = {
  id: '`event_id`; of commands and interactions `trigger_id`; else the digest of the bytes',
  differ: 'each event has its own and keeps it in retries',
  first: slackEvent({ type: 'message', channel: 'C', ts: '1.1' }, 'a'),
  second: slackEvent({ type: 'message', channel: 'C', ts: '1.1' }, 'b'),
  sameLane: [
    slackEvent({ type: 'channel_rename', channel: { id: 'C', name: 'x' } }),
    slackEvent({ type: 'reaction_added', item: { type: 'message', channel: 'C', ts: '1.1' } }, 'd'),
    form({
      payload: JSON.stringify({
        type: 'block_actions',
        trigger_id: 't',
        team: { id: 'T' },
        channel: { id: 'C' },
      }),
    }),
    form({ command: '/x', trigger_id: 'u', team_id: 'T', channel_id: 'C' }),
  ],
};
