import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { slack } from '../../functions/providers/slack/preset.ts';
import { slackSample } from '../../functions/providers/slack/sample.ts';
import { agreesWithLibrary, textSecrets } from '../support/provider/agrees-with-library.ts';
import { eventsOf, form } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('slack');

it('reads slash commands, which are forms', async () => {
  const body = 'team_id=T1&channel_id=C2&command=%2Fdeploy&trigger_id=1.2.abc';

  expect(await eventsOf(slack(), body, form)).toEqual([['1.2.abc', 'command', 'T1/C2']]);
});

it('reads interactions, which are JSON in a form', async () => {
  const body = `payload=${encodeURIComponent('{"type":"block_actions","trigger_id":"1.2.x"}')}`;

  expect(await eventsOf(slack(), body, form)).toEqual([['1.2.x', 'block_actions', '1.2.x']]);
});

it('reads events outside threads', async () => {
  const body = '{"type":"event_callback","event_id":"Ev1","team_id":"T1","event":{"type":"team_join"}}';

  expect(await eventsOf(slack(), body)).toEqual([['Ev1', 'team_join', 'Ev1']]);
});

interface Bolt {
  verifySlackRequest: (options: {
    signingSecret: string;
    body: string;
    headers: { 'x-slack-signature': string; 'x-slack-request-timestamp': number };
    nowMilliseconds: number;
  }) => void;
}

// Not among bolt's exports by name, but the function that all its receivers call.
const { verifySlackRequest } = createRequire(import.meta.url)(
  '@slack/bolt/dist/receivers/verify-request.js',
) as Bolt;

agreesWithLibrary({
  name: '@slack/bolt',
  sample: slackSample,
  keys: textSecrets,
  accepts: ({ body, headers }, { secret }, now) => {
    try {
      verifySlackRequest({
        signingSecret: secret,
        body: Buffer.from(body).toString(),
        headers: {
          'x-slack-signature': headers['x-slack-signature'] ?? '',
          'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
        },
        nowMilliseconds: now.getTime(),
      });
      return true;
    } catch {
      return false;
    }
  },
});
