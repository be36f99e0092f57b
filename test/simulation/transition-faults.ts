import { transitions } from '../../functions/ledger/transitions.ts';
import type { Fault } from './faults.ts';

const find = 'transitions[from].includes(to);';

/** For each change of state that an event may make, the fault of a life in which it may not: the simulation needs every one of them. */
export const transitionFaults: readonly Fault[] = Object.entries(transitions).flatMap(([from, next]) =>
  next.map((to) => ({
    name: `no-${from}-${to}`,
    what: `no ${to} after ${from}`,
    patches: [
      {
        file: 'functions/ledger/transitions.ts',
        find,
        replace: `transitions[from].includes(to) && !(from === '${from}' && to === '${to}');`,
      },
    ],
  })),
);
