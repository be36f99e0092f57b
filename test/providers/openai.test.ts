import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { openai } from '../../functions/providers/openai/preset.ts';
import { openaiSample } from '../../functions/providers/openai/sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { keys, signedByFormula, succeeds, text } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('openai');

const headers = { 'svix-id': 'msg_1', 'webhook-id': 'msg_2' };

it('has the object for its lane', async () => {
  expect(
    await eventsOf(
      openai(),
      '{"object":"event","id":"evt_1","type":"batch.completed","created_at":1719168000,"data":{"id":"batch_1"}}',
      headers,
    ),
  ).toEqual([['msg_2', 'batch.completed', 'batch_1']]);
});

describe('its signature', () => {
  const { webhooks } = new OpenAI({ apiKey: 'none' });

  agreesWithLibrary({
    name: 'openai',
    sample: openaiSample,
    keys,
    sign: signedByFormula,
    accepts: (request, { secret }) =>
      succeeds(() => webhooks.unwrap(text(request), { ...request.headers }, secret)),
  });
});
