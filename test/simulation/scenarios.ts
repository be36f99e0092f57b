/** Families of histories; without a choice each history draws one. */
export const scenarios = [
  'plain',
  'hold',
  'hold-for',
  'sequence',
  'version',
  'after',
  'combined',
  'at-most-once',
  'policy',
  'storm',
  'expiry',
  'race',
  'late',
  'long-delay',
  'wait-for',
  'dead-letter',
  'throttled',
  'taken-out',
  'unreadable',
  'overtaken',
] as const;
export type Scenario = (typeof scenarios)[number];

/** Undefined for ''. */
export function scenarioNamed(name: string): Scenario | undefined {
  const found = scenarios.find((one) => one === name);
  if (name !== '' && !found) throw new Error(`there is no scenario ${name}: ${scenarios.join(', ')}`);
  return found;
}
