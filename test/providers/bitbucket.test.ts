import { expect, it } from 'vitest';
import { bitbucket } from '../../functions/providers/bitbucket/preset.ts';
import { bitbucketSample } from '../../functions/providers/bitbucket/sample.ts';
import { agreesWithFormula, hex } from '../support/provider/documented-formula.ts';
import { eventsOf, otherwise } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('bitbucket');

it('the pull request, the issue, else the repository', async () => {
  const headers = { 'x-request-uuid': 'r1', 'x-event-key': 'repo:push' };
  const repository = { uuid: '{a}', full_name: 'team/repo' };

  expect(await eventsOf(bitbucket(), { repository, push: { changes: [] } }, headers)).toEqual([
    ['r1', 'repo:push', '{a}'],
  ]);
  expect(await eventsOf(bitbucket(), { repository, pullrequest: { id: 7 } }, headers)).toEqual([
    ['r1', 'repo:push', '{a}/7'],
  ]);
  expect(await eventsOf(bitbucket(), { repository, issue: { id: 7 } }, headers)).toEqual([
    ['r1', 'repo:push', '{a}/issue/7'],
  ]);
  expect(await eventsOf(bitbucket(), { repository }, { 'x-event-key': 'repo:push' })).toEqual([
    [otherwise, 'repo:push', '{a}'],
  ]);
});

agreesWithFormula({
  sample: bitbucketSample,
  headers: ({ body }, secret) => ({ 'x-hub-signature': `sha256=${hex(secret, body)}` }),
});
