import { expect, it } from 'vitest';
import { replicate } from '../../functions/providers/replicate/preset.ts';
import { replicateSample } from '../../functions/providers/replicate/sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { keys, signedByFormula } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('replicate');

const headers = { 'svix-id': 'msg_1', 'webhook-id': 'msg_2' };

it('has the prediction for its lane', async () => {
  expect(
    await eventsOf(
      replicate(),
      '{"id":"ufawqhfynn","version":"5c7d","status":"processing","output":null}',
      headers,
    ),
  ).toEqual([['msg_2', 'processing', 'ufawqhfynn']]);
});

agreesWithLibrary({ name: 'the documented formula', sample: replicateSample, keys, sign: signedByFormula });
