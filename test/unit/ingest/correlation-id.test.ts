import { expect, it } from 'vitest';
import { correlationIdOf } from '../../../functions/ingest/correlation-id.ts';

const requestId = 'JKJaXmPLvHcESHA=';

it.each(['a', 'order-7:2026.11_x', requestId, 'x'.repeat(128)])('keeps the correlation id %s', (sent) => {
  expect(correlationIdOf({ headers: { 'x-correlation-id': sent }, requestId })).toBe(sent);
});

it.each([
  ['that is missing', undefined],
  ['that is empty', ''],
  ['that is too long', 'x'.repeat(129)],
  ['with a line break', 'a\r\nset-cookie: x=1'],
  ['with a trailing line break', 'a\n'],
  ['with a space', 'a b'],
  ['with a letter outside ASCII', 'ä'],
])('replaces a correlation id %s', (_what, sent) => {
  const headers = sent === undefined ? {} : { 'x-correlation-id': sent };

  expect(correlationIdOf({ headers, requestId })).toBe(requestId);
});
