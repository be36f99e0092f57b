import { expect, it } from 'vitest';
import { sentry } from '../../functions/providers/sentry/preset.ts';
import { sentrySample } from '../../functions/providers/sentry/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('sentry');

it('issues, alerts, errors and comments are of the lane of their issue', async () => {
  const of = async (resource: string, action: string, data: object) =>
    await eventsOf(
      sentry(),
      { action, installation: { uuid: 'u' }, data },
      { 'request-id': 'r1', 'sentry-hook-resource': resource },
    );

  expect(await of('issue', 'resolved', { issue: { id: '117' } })).toEqual([['r1', 'issue.resolved', '117']]);
  expect(await of('event_alert', 'triggered', { event: { issue_id: '117' } })).toEqual([
    ['r1', 'event_alert.triggered', '117'],
  ]);
  expect(await of('error', 'created', { error: { issue_id: 117 } })).toEqual([
    ['r1', 'error.created', '117'],
  ]);
  expect(await of('comment', 'created', { issue_id: 117, comment: 'x' })).toEqual([
    ['r1', 'comment.created', '117'],
  ]);
  expect(await of('metric_alert', 'critical', { metric_alert: {} })).toEqual([
    ['r1', 'metric_alert.critical', 'r1'],
  ]);
  expect(await eventsOf(sentry(), { action: 'a', data: {} }, { 'request-id': 'r1' })).toEqual([
    ['r1', 's', 'r1'],
  ]);
});

agreesWithFormula({
  sample: sentrySample,
  headers: ({ body }, secret) => ({ 'sentry-hook-signature': hex(secret, body) }),
});
