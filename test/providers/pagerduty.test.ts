import { describe, expect, it } from 'vitest';
import { pagerduty } from '../../functions/providers/pagerduty/preset.ts';
import { pagerdutySample } from '../../functions/providers/pagerduty/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { agreesWithFormula, hex, withHeaders } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { answersPing } from '../support/provider/handshakes.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('pagerduty');

it('the incident', async () => {
  const event = {
    id: '01B',
    event_type: 'incident.triggered',
    resource_type: 'incident',
    occurred_at: '2026-03-01T12:00:00.000Z',
  };

  expect(
    await eventsOf(pagerduty(), { event: { ...event, data: { id: 'PGR0VU2', type: 'incident' } } }),
  ).toEqual([['01B', 'incident.triggered', 'PGR0VU2']]);
});

it('answers a ping, which is no event', () => {
  answersPing(pagerduty(), { event: { event_type: 'pagey.ping', data: {} } });
});

agreesWithFormula({
  sample: pagerdutySample,
  headers: ({ body }, secret) => ({ 'x-pagerduty-signature': `v1=${hex(secret, body)}` }),
});

describe('PagerDuty, during a rotation', () => {
  agreesWithLibrary({
    name: 'the documented formula',
    sample: pagerdutySample,
    keys: textSecrets,
    sign: (request, { secret }) =>
      withHeaders(request, {
        'x-pagerduty-signature': `v1=${hex('the next', request.body)},v1=${hex(secret, request.body)}`,
      }),
  });
});
