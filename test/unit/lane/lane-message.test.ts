import { expect, it } from 'vitest';
import { deduplicationId, groupId, parseLaneMessage } from '../../../functions/lane/lane-message.ts';

it('reads a message as it was written', () => {
  const message = { event: 'acme#a/b#c', generation: 2, copy: 'c-1' };

  const read = parseLaneMessage(JSON.stringify(message));

  expect(read).toEqual(message);
});

it.each([
  ['no JSON', '{'],
  ['a number', '1'],
  ['no copy', '{"event":"a#b","generation":0}'],
  ['no event key', '{"event":"ab","generation":0,"copy":"c"}'],
  ['an event key without an id', '{"event":"ab#","generation":0,"copy":"c"}'],
  ['a negative generation', '{"event":"a#b","generation":-1,"copy":"c"}'],
])('calls %s junk', (_what, body) => {
  expect(parseLaneMessage(body)).toBeUndefined();
});

it('deduplicates by event, generation and purpose together', () => {
  const ids = [
    deduplicationId('a#b', 0, 'first'),
    deduplicationId('a#b', 1, 'reopened'),
    deduplicationId('a#b', 2, 'reopened'),
    deduplicationId('a#b', 1, 'replay'),
    deduplicationId('a#c', 0, 'first'),
    deduplicationId('a#b', 0, 'sweep:2026-01-01T00:00:00.000Z'),
  ];

  expect(new Set(ids).size).toBe(ids.length);
  expect(deduplicationId('a#b', 0, 'first')).toBe(ids[0]);
});

it('keeps group and deduplication ids within what SQS takes, however long the lane and the id', () => {
  const sqsLimit = /^[A-Za-z0-9]{1,128}$/;

  expect(groupId(`acme#${'ü'.repeat(5000)}`)).toMatch(sqsLimit);
  expect(deduplicationId(`acme#${'ü'.repeat(512)}`, 0, 'first')).toMatch(sqsLimit);
});
