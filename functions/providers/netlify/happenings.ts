import { json, type Happenings } from '../happenings.ts';

const deploy = { id: 'd', site_id: 's', state: 'ready', updated_at: '2026-03-01T12:00:00Z' };

export const netlifyHappenings: Happenings = {
  id: 'deploy, and digest of the bytes and of `X-Netlify-Event`',
  differ: 'the state, the event and the time of the last change',
  repeats: 'a deploy that is locked again without another change',
  first: json(deploy, { 'x-netlify-event': 'deploy_locked' }),
  second: json(deploy, { 'x-netlify-event': 'deploy_unlocked' }),
  sameLane: [json({ ...deploy, id: 'e', state: 'building' })],
};
