import { createRequire } from 'node:module';
import { slackSample } from '../../../functions/providers/slack/sample.ts';
import { agreesWithLibrary, textSecrets } from '../agrees-with-library.ts';

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
