import type { Scenario } from './scenarios.ts';

/** A history, of a family if one is named. */
export type Seed = readonly [string, Scenario?];

/** The first ones, those that show the changes of state that the first ones do not, and those in which the checker saw what was none. */
export const fixedSeeds: readonly Seed[] = [
  ...Array.from({ length: 120 }, (_, index): Seed => [String(index + 1)]),
  ...[
    '143',
    '205',
    '318',
    '100915',
    '600545',
    '625616',
    '628919',
    '637411',
    '638666',
    '708336',
    '723464',
    '726259',
    '804912',
    '813500',
    '820684',
    '823414',
    '827494',
    '3010389',
  ].map((seed): Seed => [seed]),
  ...Array.from({ length: 20 }, (_, index): Seed => [String(index + 1), 'paused']),
  ...Array.from({ length: 20 }, (_, index): Seed => [String(index + 1), 'breaker']),
  ...Array.from({ length: 20 }, (_, index): Seed => [String(index + 1), 'rate']),
  ...Array.from({ length: 20 }, (_, index): Seed => [String(index + 1), 'slots']),
  ['57', 'paused'],
  ['297', 'slots'],
  ['402379', 'subscribers'],
  ['8', 'overtaken'],
  ['36', 'overtaken'],
  ['38', 'overtaken'],
  ['67', 'overtaken'],
  ['101', 'overtaken'],
  ['16', 'expiry'],
  ['59', 'expiry'],
  ['72', 'expiry'],
  ['645', 'expiry'],
  ['494', 'overtaken'],
  ['519', 'overtaken'],
  ['395', 'wait-for'],
  ['3024', 'wait-for'],
];
