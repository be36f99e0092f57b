import { json, type Happenings } from '../happenings.ts';

export const buildkiteHappenings: Happenings = {
  id: 'digest of the bytes',
  differ: 'the state of the build, the job or the agent, and its times',
  repeats: 'two notifications about one state in one second',
  first: json({
    event: 'job.finished',
    job: { id: 'j', finished_at: '2026-03-01 12:00:00 UTC' },
    build: { id: 'b' },
  }),
  second: json({
    event: 'job.finished',
    job: { id: 'k', finished_at: '2026-03-01 12:00:00 UTC' },
    build: { id: 'b' },
  }),
  sameLane: [json({ event: 'build.finished', build: { id: 'b' } })],
};
