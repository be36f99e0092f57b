import { verifyWebhook } from '@clerk/backend/webhooks';
import { expect, it } from 'vitest';
import { clerk } from '../../functions/providers/clerk/preset.ts';
import { clerkSample } from '../../functions/providers/clerk/sample.ts';
import { agreesWithLibrary, jsonBodies } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { keys, signedBySvix, succeeds, text } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('clerk');

const headers = { 'svix-id': 'msg_1', 'webhook-id': 'msg_2' };

it('has the object for its lane', async () => {
  expect(
    await eventsOf(
      clerk(),
      '{"data":{"id":"sess_1","object":"session","user_id":"user_1"},"object":"event","type":"session.ended"}',
      headers,
    ),
  ).toEqual([['msg_1', 'session.ended', 'sess_1']]);
});

agreesWithLibrary({
  name: '@clerk/backend',
  sample: clerkSample,
  keys,
  // Its library reads the type of what it has verified.
  bodies: jsonBodies.map((body) => `{"type":"user.created","data":${body}}`),
  sign: signedBySvix,
  accepts: (request, { secret }) => {
    const received = new Request('https://hooks.example.com/', {
      method: 'POST',
      headers: { ...request.headers },
      body: text(request),
    });
    return succeeds(() => verifyWebhook(received, { signingSecret: secret }));
  },
});
