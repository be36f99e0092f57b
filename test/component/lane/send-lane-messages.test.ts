import { afterAll, beforeAll, expect, it } from 'vitest';
import { laneMessagesSender, type MessageToSend } from '../../../functions/lane/send-lane-message.ts';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { startSqsWithClient } from '../../support/sqs-fixture.ts';

let local: Awaited<ReturnType<typeof startSqsWithClient>>;
beforeAll(async () => {
  local = await startSqsWithClient();
});
afterAll(() => local.stop());

const messages = (count: number): MessageToSend[] =>
  Array.from({ length: count }, (_, n) => ({
    event: eventKey('acme', `e${n}`),
    generation: 0,
    lane: 'acme#one',
    purpose: 'first',
  }));

it('G3: queues a batch of one lane in the order given, and only once if it is sent again', async () => {
  const queueUrl = await local.createFifo();
  const send = laneMessagesSender({ sqs: local.client, queueUrl });

  await send(messages(10));
  await send(messages(1));
  await send(messages(10));

  const bodies = (await local.bodies(queueUrl)).map((body) => JSON.parse(body) as { event: string });
  expect(bodies.map(({ event }) => event)).toEqual(messages(10).map(({ event }) => event));
});

it('sends nothing where there is nothing to send', async () => {
  const queueUrl = await local.createFifo();

  await laneMessagesSender({ sqs: local.client, queueUrl })([]);

  expect(await local.bodies(queueUrl)).toEqual([]);
});
