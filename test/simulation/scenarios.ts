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

/** Played only where asked for by name: what they show is too rare among all that happens in the others. */
const namedOnly = ['gap-ends', 'paused', 'breaker', 'rate', 'slots', 'subscribers'] as const;

export const allScenarios = [...scenarios, ...namedOnly];
export type Scenario = (typeof allScenarios)[number];

/** Undefined for ''. */
export function scenarioNamed(name: string): Scenario | undefined {
  const found = allScenarios.find((one) => one === name);
  if (name !== '' && !found) throw new Error(`there is no scenario ${name}: ${allScenarios.join(', ')}`);
  return found;
}
