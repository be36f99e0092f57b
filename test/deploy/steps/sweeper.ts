import assert from 'node:assert/strict';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Aws } from '../aws.ts';
import { until, type Gateway } from '../gateway.ts';

const lost = { id: 'lost-message', lane: 'lost' } as const;
const late = { id: 'late-retry', lane: 'late', fail: 'once' } as const;

/** Two events that nothing but the sweeper can move on: one whose message is gone, one whose retry is far. */
export async function leaveToSweeper(gateway: Gateway, aws: Aws): Promise<void> {
  await setDelivery(gateway, aws, false);
  assert.equal((await gateway.send('work', lost)).status, 202);
  const QueueUrl = gateway.output('LaneQueueUrl');
  const handle = await until('the message is in the queue', 20_000, async () => {
    const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    return Messages[0]?.ReceiptHandle;
  });
  await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }));
  await setDelivery(gateway, aws, true);
  assert.equal((await gateway.event('work', lost.id))?.state, 'pending');

  assert.equal((await gateway.send('late', late)).status, 202);
  await gateway.untilState('late', late.id, 'retrying', 30_000);
}

/** G8: found within five minutes, by the schedule of the stack. */
export async function untilSwept(gateway: Gateway): Promise<void> {
  await gateway.untilState('late', late.id, 'processed', 240_000);
  await gateway.untilState('work', lost.id, 'processed', 330_000);
}

const Mappings = z.object({
  EventSourceMappings: z.array(z.object({ UUID: z.string(), EventSourceArn: z.string() })),
});

/** Whether the lane queue's messages reach the processor. */
async function setDelivery(gateway: Gateway, aws: Aws, isOn: boolean): Promise<void> {
  const queue = gateway.output('LaneQueueUrl');
  const url = `${new URL(queue).origin}/2015-03-31/event-source-mappings`;
  const listed = await aws.signed('lambda', { method: 'GET', url: `${url}/` });
  const { EventSourceMappings } = Mappings.parse(await listed.json());
  const mapping = EventSourceMappings.find(({ EventSourceArn }) =>
    queue.endsWith(EventSourceArn.split(':').at(-1) ?? '?'),
  );
  assert.ok(mapping, 'the lane queue has an event source mapping');
  const answered = await aws.signed('lambda', {
    method: 'PUT',
    url: `${url}/${mapping.UUID}`,
    body: JSON.stringify({ Enabled: isOn }),
  });
  assert.ok(answered.ok, await answered.text());
}
