import { airtable } from './preset.ts';
import type { Sample } from '../sample.ts';

export const airtableSample: Sample = {
  source: airtable(),
  key: { secret: 'c2FtcGxlIG1hYyBzZWNyZXQgb2YgYWlydGFibGU=' },
  covers: 'body',
  request: () => ({
    body: JSON.stringify({
      base: { id: 'appr6HgRsjZVlXfSv' },
      webhook: { id: 'achYbz8vlX4Hnm0TT' },
      timestamp: '2026-02-28T21:25:05.663Z',
    }),
  }),
  events: [
    {
      eventId: 'achYbz8vlX4Hnm0TT/2026-02-28T21:25:05.663Z',
      type: 'airtable',
      lane: 'achYbz8vlX4Hnm0TT',
    },
  ],
};
