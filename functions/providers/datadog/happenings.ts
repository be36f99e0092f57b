import { json, type Happenings } from '../happenings.ts';

export const datadogHappenings: Happenings = {
  id: '`$ID`, transition and time, as the payload is set',
  differ: 'the transition and the time of the alert',
  repeats: 'where another payload is set than the one that is named: its bytes, within an hour',
  first: json({ id: '7', transition: 'Triggered', updated: '1', monitor: '5' }),
  second: json({ id: '7', transition: 'Triggered', updated: '2', monitor: '5' }),
  sameLane: [json({ id: '8', transition: 'Recovered', updated: '3', monitor: '5' })],
};
