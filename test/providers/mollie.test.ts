import { expect, it } from 'vitest';
import { mollie } from '../../functions/providers/mollie/preset.ts';
import { eventsOf, form, otherwise } from '../support/provider/events-of.ts';
import { testProvider } from '../support/provider/test-provider.ts';

testProvider('mollie');

it('takes every wake-up for an event, in the lane of what it wakes up for', async () => {
  const at = (time: string) => eventsOf(mollie(), 'id=tr_d0b0E3EA3v', form, new Date(time));

  expect(await at('2026-01-15T09:30:00.001Z')).toEqual([
    ['tr_d0b0E3EA3v/2026-01-15T09:30:00.001Z', 's', 'tr_d0b0E3EA3v'],
  ]);
  expect(await at('2026-01-15T09:30:00.002Z')).toEqual([
    ['tr_d0b0E3EA3v/2026-01-15T09:30:00.002Z', 's', 'tr_d0b0E3EA3v'],
  ]);
  expect(await eventsOf(mollie(), 'other=tr_1', form)).toEqual([[otherwise, 's', otherwise]]);
});
