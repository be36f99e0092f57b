import { expect, it } from 'vitest';
import { jira } from '../../functions/providers/jira/preset.ts';
import { jiraSample } from '../../functions/providers/jira/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('jira');

it('comments are of the lane of their issue', async () => {
  const headers = { 'x-atlassian-webhook-identifier': 'i1' };
  const comment = {
    timestamp: 1,
    webhookEvent: 'comment_created',
    comment: { id: '252789' },
    issue: { id: '99291', key: 'J-1' },
  };

  expect(await eventsOf(jira(), comment, headers)).toEqual([['i1', 'comment_created', '99291']]);
  expect(await eventsOf(jira(), { timestamp: 1, webhookEvent: 'user_created' }, headers)).toEqual([
    ['i1', 'user_created', 'i1'],
  ]);
});

agreesWithFormula({
  sample: jiraSample,
  headers: ({ body }, secret) => ({ 'x-hub-signature': `sha256=${hex(secret, body)}` }),
});
