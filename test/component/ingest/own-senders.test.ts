import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HttpRequest } from '../../../functions/ingest/http-request.ts';
import { eventKey } from '../../../functions/ledger/keys.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { request, setUpIngest, signed } from '../../support/ingest-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const caller = 'arn:aws:sts::123456789012:assumed-role/orders/api';
const order = { id: 'e1', type: 'order.paid', entity: 'o1' };

/** As API Gateway hands over what it has verified. */
const iamSigned = (one: HttpRequest): HttpRequest => ({ ...one, path: `/events/${one.sourceName}`, caller });

it('G7: takes what a service of ours has signed for IAM, and writes down who it was', async () => {
  const { ingest, ledger, sent } = await setUpIngest(database);

  const answer = await ingest(iamSigned(request('own', order)));

  expect(answer).toMatchObject({ status: 202, body: { status: 'accepted', eventId: 'e1', lane: 'own#o1' } });
  expect(sent).toHaveLength(1);
  expect((await ledger.readWithNotes(eventKey('own', 'e1'))).event).toMatchObject({ sender: caller });
});

it('G2: takes a second try for the same event, and writes down who sent it', async () => {
  const { ingest, ledger } = await setUpIngest(database);
  await ingest(iamSigned(request('own', order)));

  const answer = await ingest({ ...iamSigned(request('own', order)), caller: `${caller}-2` });

  expect(answer).toMatchObject({ body: { status: 'duplicate', eventId: 'e1' } });
  expect((await ledger.readWithNotes(eventKey('own', 'e1'))).notes).toMatchObject([
    { what: 'duplicate', sameBody: true, sender: `${caller}-2` },
  ]);
});

it.each([
  ['a source for IAM does not exist at the public address', request('own', order), undefined],
  [
    'a source of webhooks does not exist for IAM, however well it is signed',
    iamSigned(signed(request('acme', order))),
    caller,
  ],
  ['nor does one that everybody may send to', iamSigned(request('open', order)), caller],
])('G7: %s: 404, audited', async (_, one, sender) => {
  const { ingest, everything, rejected, sent } = await setUpIngest(database);

  const answer = await ingest(one);

  expect(answer).toMatchObject({ status: 404, body: { cause: 'wrong-route' } });
  expect(await rejected()).toMatchObject([{ source: one.sourceName, cause: 'wrong-route', status: 404 }]);
  expect((await rejected())[0]?.['sender']).toBe(sender);
  expect([(await everything()).length, sent]).toEqual([1, []]);
});

it('G7: no header makes a caller', async () => {
  const { ingest } = await setUpIngest(database);
  const claimed = request('own', order, {
    headers: { 'content-type': 'application/json', authorization: 'AWS4-HMAC-SHA256 Credential=…', caller },
  });

  expect(await ingest(claimed)).toMatchObject({ status: 404 });
});

it('G7: writes down what an event lacks', async () => {
  const { ingest, ledger } = await setUpIngest(database);

  await ingest(iamSigned(request('own', { id: 'e2', entity: {} })));

  const { event } = await ledger.readWithNotes(eventKey('own', 'e2'));
  expect(event).toMatchObject({ type: 'own', lane: 'own#e2', lacks: ['type', 'lane'] });
});
