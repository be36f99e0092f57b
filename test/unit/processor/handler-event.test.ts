import { none, source } from 'hooklane';
import { expect, it } from 'vitest';
import type { StoredEvent } from '../../../functions/ledger/event.ts';
import { handlerEvent } from '../../../functions/processor/handler-event.ts';

const now = new Date('2026-11-24T10:00:00Z');
const stored = (contentType: string): StoredEvent => ({
  source: 'acme',
  eventId: 'e1',
  type: 'acme',
  lane: 'acme#e1',
  bodySha256: '',
  bodyBytes: 0,
  headers: { 'content-type': contentType },
  acceptedAt: now,
  expiresAt: now,
  correlationId: 'c-1',
  nonce: 'n',
});

const form = 'application/x-www-form-urlencoded';
/** One event, unless the form says that it holds several. */
const sometimesSplit = source({
  verify: none(),
  id: 'id',
  bodyFormats: ['form', 'form:events'],
  split: (body) => (Array.isArray(body) ? body : undefined),
});

it('reads a part of a split body as the JSON that it was stored as, whatever the request was', async () => {
  const read = await handlerEvent(stored(form), Buffer.from('{"id":"e1"}'), sometimesSplit);

  expect(read).toMatchObject({ kind: 'event', event: { body: { id: 'e1' } } });
});

it('reads a part with the bytes that were sent, digit for digit, and leaves them to the handler', async () => {
  const raw = Buffer.from('{"id" : "e1", "big": 12345678901234567890, "huge": 1e400}');

  const read = await handlerEvent(stored('application/x-ndjson'), raw, sometimesSplit);

  expect(read).toMatchObject({ kind: 'event', event: { body: { id: 'e1', huge: Infinity }, raw } });
});

it('reads a body that was not split as it was received', async () => {
  const read = await handlerEvent(stored(form), Buffer.from('id=e1&amount=7'), sometimesSplit);

  expect(read).toMatchObject({ kind: 'event', event: { body: { id: 'e1', amount: '7' } } });
});

it('says why a body cannot be read any more', async () => {
  const read = await handlerEvent(stored('text/plain'), Buffer.from('id=e1'), sometimesSplit);

  expect(read).toEqual({ kind: 'unreadable', reason: 'unsupported-media-type' });
});
