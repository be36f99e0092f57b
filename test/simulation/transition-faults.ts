import { readFileSync } from 'node:fs';
import type { Fault } from './faults.ts';

const file = 'functions/ledger/transitions.ts';
// Read and not imported: what is imported before a fault is planted does not carry it.
const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const [, table = ''] = /transitions: [^=]*= \{(.*?)\n\};/s.exec(source) ?? [];

interface TransitionFault extends Fault {
  /** As histories tell it: `from to`. */
  readonly transition: string;
}

/** For each change of state that an event may make, the fault of a life in which it may not: the simulation needs every one of them. */
export const transitionFaults: readonly TransitionFault[] = [...table.matchAll(/(\w+): \[(.*?)\]/gs)].flatMap(
  ([, from = '', next = '']) =>
    [...next.matchAll(/'(\w+)'/g)].map(([, to = '']) => ({
      name: `no-${from}-${to}`,
      what: `no ${to} after ${from}`,
      transition: `${from} ${to}`,
      patches: [
        {
          file,
          find: 'transitions[from].includes(to);',
          replace: `transitions[from].includes(to) && !(from === '${from}' && to === '${to}');`,
        },
      ],
    })),
);
