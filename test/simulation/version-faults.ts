import type { Fault } from './faults.ts';

/**
 * Changes that docs/upgrades.md forbids within one deployment. Each is sound by itself, reader and writer together; beside the version before it
 * is not.
 */
export const versionFaults: readonly Fault[] = [
  {
    name: 'other-keys',
    what: 'what waits in a lane is stored under other keys',
    patches: [
      {
        file: 'functions/lane/lane-store.ts',
        find: "const waitPrefix = 'WAIT#';",
        replace: "const waitPrefix = 'PARKED#';",
      },
    ],
  },
  {
    name: 'other-type',
    what: 'an entry has a number as text, which the version before cannot read',
    patches: [
      {
        file: 'functions/ledger/entry.ts',
        find: 'replay: z.int().nonnegative(),',
        replace: 'replay: z.coerce.number(),',
      },
      {
        file: 'functions/ledger/append.ts',
        find: '...Object.fromEntries(fields) };',
        replace: '...Object.fromEntries(fields), replay: String(entry.replay) };',
      },
    ],
  },
  {
    name: 'field-that-has-to-be',
    what: 'a LANE has to have a field that the version before does not write',
    patches: [
      {
        file: 'functions/lane/lane.ts',
        find: '  version: z.string(),\n',
        replace: '  version: z.string(), form: z.literal(2),\n',
      },
      {
        file: 'functions/lane/lane-store.ts',
        find: '    ...laneKey(rest.lane),\n',
        replace: '    ...laneKey(rest.lane), form: 2,\n',
      },
    ],
  },
];
