import { createHash } from 'node:crypto';
import { buildkite } from './preset.ts';
import type { Sample } from '../sample.ts';

const body = JSON.stringify({
  event: 'build.finished',
  build: { id: 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983', number: 1, state: 'passed', message: 'Grüße' },
  pipeline: { id: '849411f9-9e6d-4739-a0d8-e247088e9b52', slug: 'great-pipeline' },
});

export const buildkiteSample: Sample = {
  source: buildkite(),
  key: { secret: 'a token that Buildkite made' },
  covers: 'body',
  request: () => ({ body, headers: { 'x-buildkite-event': 'build.finished' } }),
  events: [
    {
      eventId: createHash('sha256').update(body).digest('hex'),
      type: 'build.finished',
      lane: 'f62a1b4d-10f9-4790-bc1c-e2c3a0c80983',
    },
  ],
};
