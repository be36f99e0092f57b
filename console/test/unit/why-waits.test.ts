import { expect, it } from 'vitest';
import type { Lane } from '../../src/api/wire.ts';
import { whyWaits } from '../../src/lanes/why-waits.ts';

const waiting = { eventId: 'e2', type: 'paid' };
const gap: Lane = { lane: 'shop#7', state: 'gap', waiting: 2, next: 3 };
const turn: Lane = { lane: 'shop#7', state: 'turn', turn: { eventId: 'e1', state: 'processing' } };

it('names the types that it waits for, whoever has the turn', () => {
  expect(whyWaits({ ...waiting, needs: ['created', 'booked'] }, 0, turn)).toBe('waits for created, booked');
});

it('waits behind whoever has the turn, and for the number that is missing', () => {
  expect(whyWaits({ ...waiting, sequence: 9 }, 0, { ...turn, next: 3 })).toBe('waits for its turn');
  expect(whyWaits({ ...waiting, sequence: 5 }, 0, gap)).toBe('waits for number 3');
  expect(whyWaits({ ...waiting, sequence: 6 }, 1, gap)).toBe('waits for those before it');
  expect(whyWaits({ ...waiting, sequence: 3 }, 0, { lane: 'shop#7', state: 'gap', waiting: 1 })).toBe(
    'waits for the number before it',
  );
});
