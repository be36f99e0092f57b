import { faults, type Fault } from './faults.ts';
import { transitionFaults } from './transition-faults.ts';
import { versionFaults } from './version-faults.ts';

/** Undefined for ''. */
export function faultNamed(name: string): Fault | undefined {
  const found = [...faults, ...transitionFaults, ...versionFaults].find((fault) => fault.name === name);
  if (name !== '' && !found) throw new Error(`there is no fault ${name}`);
  return found;
}
