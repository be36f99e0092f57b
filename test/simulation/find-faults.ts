import { parseArgs } from 'node:util';
import { playInCrew } from './crew.ts';
import { faults, type Fault } from './faults.ts';
import { fixedSeeds } from './fixed-seeds.ts';
import { playSeed } from './play.ts';
import type { Scenario } from './scenarios.ts';
import { transitionFaults } from './transition-faults.ts';
import type { Order, Report } from './worker.ts';

/**
 * Plants one fault after the other and plays histories until one of them shows it. Prints the table for docs/decisions.md. With
 * `--transitions` the faults are those of a life of an event that lacks one change of state, and the first histories those of the tests in
 * which events make that change.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    most: { type: 'string', default: '5000' },
    workers: { type: 'string', default: '2' },
    transitions: { type: 'boolean', default: false },
  },
});
const most = Number(values.most);
const chunk = 10;

console.log('| planted fault | seen as | seed (and scenario) |\n|---|---|---|');
const isAsked = ({ name }: Fault) => positionals.length === 0 || positionals.includes(name);
if (values.transitions) {
  const shown = await whatFixedSeedsShow();
  for (const fault of transitionFaults.filter(isAsked))
    tell(fault, await findAmong(fault, shown.get(fault.transition) ?? []));
} else {
  for (const fault of faults.filter(isAsked)) {
    const { scenario } = fault;
    tell(fault, await find(fault, scenario, ordersUpTo(most)));
  }
}

interface Found {
  readonly seed: string;
  readonly scenario: Scenario | undefined;
  readonly violations: readonly string[];
}

function tell({ name, what }: Fault, found: Found | undefined): void {
  const [violation = ''] = found?.violations ?? [];
  const [seenAs = ''] = violation.split(':');
  console.log(`| ${what} (${name}) | ${seenAs} | ${found?.seed ?? 'not found'} ${found?.scenario ?? ''} |`);
  if (!found) process.exitCode = 1;
}

function* ordersUpTo(last: number): Generator<Order, undefined> {
  for (let first = 1; first <= last; first += chunk) yield { first, count: chunk };
}

type Orders = Map<Scenario | undefined, Order[]>;

/** By change of state, the histories in which events make it. */
async function whatFixedSeedsShow(): Promise<ReadonlyMap<string, Orders>> {
  const shown = new Map<string, Orders>();
  for (const [seed, scenario] of fixedSeeds) {
    for (const transition of (await playSeed(seed, scenario)).transitions) {
      const orders: Orders = shown.get(transition) ?? new Map<Scenario | undefined, Order[]>();
      orders.set(scenario, [...(orders.get(scenario) ?? []), { first: Number(seed), count: 1 }]);
      shown.set(transition, orders);
    }
  }
  return shown;
}

/** In those histories, or else in any: not each that has the change needs it. */
async function findAmong(fault: Fault, orders: Iterable<[Scenario | undefined, Order[]]>) {
  for (const [scenario, each] of orders) {
    const found = await find(fault, scenario, each.values());
    if (found) return found;
  }
  return await find(fault, undefined, ordersUpTo(most));
}

async function find(
  fault: Fault,
  scenario: Scenario | undefined,
  orders: Iterator<Order, undefined>,
): Promise<Found | undefined> {
  const failures: Report['failures'][number][] = [];
  await playInCrew({
    workers: Number(values.workers),
    fault: fault.name,
    scenario: scenario ?? '',
    // Those that were handed out before are played to their end: the seed is the lowest that shows the fault.
    next: () => (failures.length > 0 ? undefined : orders.next().value),
    onReport: (report) => {
      failures.push(...report.failures);
      return true;
    },
  });
  const [first] = failures.sort((a, b) => Number(a.seed) - Number(b.seed));
  return first && { ...first, scenario };
}
