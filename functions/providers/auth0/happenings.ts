import { json, type Happenings } from '../happenings.ts';

const auth0 = (log_id: string) => ({
  log_id,
  data: { type: 's', user_id: 'u', date: '2026-03-01T12:00:00.000Z' },
});

export const auth0Happenings: Happenings = {
  id: '`log_id`',
  differ: 'each entry has its own',
  first: json([auth0('a')]),
  second: json([auth0('b')]),
  sameLane: [{ body: `${JSON.stringify(auth0('c'))}\n${JSON.stringify(auth0('d'))}` }],
};
