import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runHandler, sampleEvent } from 'hooklane/testing';
import handlers from '../handlers/index.ts';

test('a delivery is kept', async () => {
  process.env['DELIVERIES_TABLE'] = 'deliveries';
  const event = await sampleEvent(handlers, 'github');

  const { result, transacted } = await runHandler(handlers, event);

  assert.deepEqual(result, { repository: 'octocat/hello-world' });
  assert.deepEqual(transacted, [
    {
      Put: {
        TableName: 'deliveries',
        Item: { repository: 'octocat/hello-world', delivery: event.eventId, type: 'issues.opened' },
      },
    },
  ]);
});
