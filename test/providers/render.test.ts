import { expect, it } from 'vitest';
import { render } from '../../functions/providers/render/preset.ts';
import { renderSample } from '../../functions/providers/render/sample.ts';
import { agreesWithLibrary } from '../support/provider/agrees-with-library.ts';
import { eventsOf } from '../support/provider/events-of.ts';
import { keys, signedByFormula } from '../support/provider/standard-webhooks-family.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('render');

const headers = { 'svix-id': 'msg_1', 'webhook-id': 'msg_2' };

it('has the service for its lane', async () => {
  expect(
    await eventsOf(
      render(),
      '{"type":"server_failed","timestamp":"2025-02-01T00:00:00Z","data":{"id":"evt-1","serviceId":"srv-1"}}',
      headers,
    ),
  ).toEqual([['msg_2', 'server_failed', 'srv-1']]);
});

agreesWithLibrary({ name: 'the documented formula', sample: renderSample, keys, sign: signedByFormula });
