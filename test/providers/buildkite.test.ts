import { describe, expect, it } from 'vitest';
import { buildkite } from '../../functions/providers/buildkite/preset.ts';
import { buildkiteSample } from '../../functions/providers/buildkite/sample.ts';
import { aRequest } from '../support/a-request.ts';
import { agreesWithFormula, hex, seconds } from '../support/provider/documented-formula.ts';
import { digestOf, eventsOf } from '../support/provider/events-of.ts';
import { answersPing } from '../support/provider/handshakes.ts';
import { isVerified } from '../support/provider/is-verified.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('buildkite');

it('the build, else the agent', async () => {
  const job = { event: 'job.finished', job: { id: 'j1' }, build: { id: 'b1', number: 1, state: 'running' } };
  const agent = { event: 'agent.connected', agent: { id: 'a1' } };

  expect(await eventsOf(buildkite(), job)).toEqual([[digestOf(job), 'job.finished', 'b1']]);
  expect(await eventsOf(buildkite(), agent)).toEqual([[digestOf(agent), 'agent.connected', 'a1']]);
});

it('answers a ping, which is no event', () => answersPing(buildkite(), { event: 'ping', service: {} }));

agreesWithFormula({
  sample: buildkiteSample,
  headers: ({ body }, secret) => ({
    'x-buildkite-signature': `timestamp=${seconds},signature=${hex(secret, `${seconds}.`, body)}`,
  }),
});

describe('signatures as they are met', () => {
  const signed = (name: string, value: string, body = '{}') => aRequest({ body, headers: { [name]: value } });

  it('Buildkite signs with its token, or sends it as it is', async () => {
    const signature = `timestamp=${seconds},signature=${hex('token', `${seconds}.{}`)}`;

    expect(await isVerified(buildkite(), signed('x-buildkite-signature', signature), 'token')).toBe(true);
    expect(await isVerified(buildkite(), signed('x-buildkite-token', 'token'), 'token')).toBe(true);
    expect(await isVerified(buildkite(), signed('x-buildkite-token', 'other'), 'token')).toBe(false);
    expect(buildkite().verify.secretHeaders).toContain('x-buildkite-token');
  });
});
