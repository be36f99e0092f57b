import { expect, it } from 'vitest';
import { laneGroup } from '../../../functions/lane/lane-group.ts';
import { deduplicationId, parseMessage } from '../../../functions/lane/lane-message.ts';

it('reads a message of a lane, and a dead letter, as they were written', () => {
  const message = { event: 'acme#a/b#c', generation: 2 };
  const letter = { deadLetter: 'acme#a/b#c', entry: 4, copy: 'c-1' };

  const read = [message, letter].map((written) => parseMessage(JSON.stringify(written)));

  expect(read).toEqual([
    { kind: 'lane', ...message },
    { kind: 'letter', ...letter },
  ]);
});

it('reads a message that an older version sent, with its copy', () => {
  expect(parseMessage('{"event":"a#b","generation":1,"copy":"c"}')).toEqual({
    kind: 'lane',
    event: 'a#b',
    generation: 1,
  });
});

it.each([
  ['no JSON', '{'],
  ['nothing', ''],
  ['a number', '1'],
  ['no generation', '{"event":"a#b"}'],
  ['no event key', '{"event":"ab","generation":0}'],
  ['an event key without an id', '{"event":"ab#","generation":0}'],
  ['a negative generation', '{"event":"a#b","generation":-1}'],
  ['a letter without a copy', '{"deadLetter":"a#b","entry":1}'],
  ['a letter with an empty copy', '{"deadLetter":"a#b","entry":1,"copy":""}'],
  ['a letter with a copy without end', `{"deadLetter":"a#b","entry":1,"copy":"${'c'.repeat(65)}"}`],
  ['a letter of no entry', '{"deadLetter":"a#b","entry":0,"copy":"c"}'],
  ['a letter of half an entry', '{"deadLetter":"a#b","entry":1.5,"copy":"c"}'],
])('calls %s junk', (_what, body) => {
  expect(parseMessage(body)).toEqual({ kind: 'junk' });
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

  expect(laneGroup(`acme#${'ü'.repeat(5000)}`)).toMatch(sqsLimit);
  expect(deduplicationId(`acme#${'ü'.repeat(512)}`, 0, 'first')).toMatch(sqsLimit);
});
