import { publish } from 'hooklane';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { startSinkCloud, type SinkCloud } from './fixtures/sink-cloud.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

let cloud: SinkCloud;
const dataFolder = temporaryFolder();
beforeAll(async () => {
  cloud = await startSinkCloud({ dataFolder });
});
afterAll(() => cloud.close());

const Audit = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

const sender = 'arn:aws:iam::000000000000:user/local';

test('what a service publishes is one event of its lane, run once, and the audit names the service', async () => {
  const { url } = cloud.cloud;
  const event = { id: 'e1', type: 'created', entity: 'o1' };

  const first = await publish({ url, source: 'own', event });
  const second = await publish({ url, source: 'own', event });

  expect([first, second]).toEqual([
    { eventId: 'e1', isDuplicate: false },
    { eventId: 'e1', isDuplicate: true },
  ]);
  await cloud.untilState('own#e1', 'processed');
  expect(cloud.sink.calls.map(({ event: one, lane }) => [one, lane])).toEqual([['own#e1', 'own#o1']]);
  const audit = Audit.parse(await (await fetch(`${url}/ops/events/own/e1/audit`)).json());
  expect(audit.items[0]).toMatchObject({ what: 'accepted', sender });
  expect(await (await fetch(`${url}/ops/events/own/e1`)).json()).toMatchObject({ sender });
});

test.each([
  ['own', 'webhooks', {}, 404],
  ['open', 'events', {}, 404],
  // From a page of another origin, through a tunnel.
  ['own', 'events', { origin: 'https://elsewhere.example' }, 403],
])('%s is not reached at /%s/ with %o: %i', async (source, place, headers, status) => {
  const response = await fetch(`${cloud.cloud.url}/${place}/${source}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"id":"e2","entity":"o2"}',
  });

  expect(response.status).toBe(status);
});
