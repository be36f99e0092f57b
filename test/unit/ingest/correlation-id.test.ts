import { expect, it } from 'vitest';
import { correlationIdOf, traceParentOf } from '../../../functions/ingest/correlation-id.ts';

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

const traceParent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

it('keeps a valid traceparent', () => {
  expect(traceParentOf({ traceparent: traceParent })).toBe(traceParent);
});

it.each([
  ['of version ff', `ff${traceParent.slice(2)}`],
  ['without a trace', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
  ['without a parent', `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`],
  ['in upper case', traceParent.toUpperCase()],
  ['with something behind it', `${traceParent}-x`],
])('drops a traceparent %s', (_what, sent) => {
  expect(traceParentOf({ traceparent: sent })).toBeUndefined();
});
