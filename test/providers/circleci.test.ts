import { describe, expect, it } from 'vitest';
import { circleci } from '../../functions/providers/circleci/preset.ts';
import { circleciSample } from '../../functions/providers/circleci/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { agreesWithFormula, hex, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { answersPing } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('circleci');

it('jobs are of the lane of their workflow', async () => {
  const body = {
    id: 'e1',
    type: 'job-completed',
    happened_at: '2026-03-01T12:00:00Z',
    workflow: { id: 'w1' },
    job: { id: 'j1' },
  };

  expect(await eventsOf(circleci(), body)).toEqual([['e1', 'job-completed', 'w1']]);
});

it('answers a ping, which is no event', () => answersPing(circleci(), { type: 'ping', id: 'p1' }));

agreesWithFormula({
  sample: circleciSample,
  headers: ({ body }, secret) => ({ 'circleci-signature': `v1=${hex(secret, body)}` }),
});

describe('CircleCI, with versions to come', () => {
  agreesWithLibrary({
    name: 'the documented formula',
    sample: circleciSample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, { 'circleci-signature': `v1=${hex(secret, request.body)},v2=${'a'.repeat(64)}` }),
  });
});
