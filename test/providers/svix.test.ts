import { Webhook } from 'svix';
import { expect, it } from 'vitest';
import { svix } from '../../functions/providers/svix/preset.ts';
import { svixSample } from '../../functions/providers/svix/sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { keys, signedBySvix, succeeds, text } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('svix');

const headers = { 'svix-id': 'msg_1', 'webhook-id': 'msg_2' };

it('reads the type', async () => {
  expect(await eventsOf(svix(), '{"type":"user.created"}', headers)).toEqual([
    ['msg_1', 'user.created', 'msg_1'],
  ]);
});

it('reads event types in camel case', async () => {
  expect(await eventsOf(svix(), '{"eventType":"a.b"}', headers)).toEqual([['msg_1', 'a.b', 'msg_1']]);
});

it('does without a type', async () => {
  expect(await eventsOf(svix(), '[1]', headers)).toEqual([['msg_1', 's', 'msg_1']]);
});

agreesWithLibrary({
  name: 'svix',
  sample: svixSample,
  keys,
  sign: signedBySvix,
  accepts: (request, { secret }) =>
    succeeds(() => new Webhook(secret).verify(text(request), { ...request.headers })),
});
