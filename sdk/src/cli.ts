#!/usr/bin/env node
/** `hooklane-consumer`: looks at a store and repairs it, by the functions that the package exports. */
import { parseArgs } from 'node:util';
import { openStore } from './cli-store.ts';
import { states, type Found } from './entry.ts';
import { list, resolve, retry, sweep, type ListedState } from './repair.ts';
import { mysqlSchema } from './stores/mysql.ts';
import { postgresSchema } from './stores/postgres.ts';
import { sqliteSchema } from './stores/sqlite.ts';
import type { Store } from './store.ts';

const usage = `hooklane-consumer COMMAND --store ADDRESS [--table NAME] [--json]

  list [STATE]                     what is stuck, failed or quarantined; or what is in STATE
                                   (stuck, ${states.join(', ')}) [--limit N]
  show KEY                         one entry
  retry KEY --reason TEXT          a failed, quarantined or stuck event may run with its next copy
  resolve KEY --reason TEXT        closes an event by hand: copies are answered 204, nothing runs
  sweep                            deletes what its retention is over for, quarantines what died at most once
  migrate                          creates the tables that are missing
  schema postgres|mysql|sqlite     prints the tables for a migration of your own

ADDRESS (or the variable HOOKLANE_STORE): postgres://…, mysql://…, redis://…, sqlite:FILE, dynamodb:TABLE`;

/** Ends the command with a message and code 2: a mistake in how it was called. */
class UsageError extends Error {}

async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  const [command, subject] = positionals;
  if (values.help === true || command === undefined) {
    console.log(usage);
    return command === undefined && values.help !== true ? 2 : 0;
  }
  if (command === 'schema') {
    console.log(schemaOf(subject, values.table));
    return 0;
  }
  const address = values.store ?? process.env['HOOKLANE_STORE'];
  if (address === undefined) throw new UsageError('Which store? --store ADDRESS, or HOOKLANE_STORE');
  const { store, close } = await openStore(address, values.table);
  try {
    return await act(store, command, subject, values);
  } finally {
    await close();
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        store: { type: 'string' },
        table: { type: 'string' },
        reason: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parse>['values'];

async function act(
  store: Store,
  command: string,
  subject: string | undefined,
  values: Values,
): Promise<number> {
  switch (command) {
    case 'list': {
      const limit = Number(values.limit ?? 100);
      if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a number from 1');
      const wanted: readonly ListedState[] =
        subject === undefined ? ['quarantined', 'failed', 'stuck'] : [stateOf(subject)];
      for (const state of wanted) {
        const entries = await list(store, state, { limit });
        for (const entry of entries) console.log(values.json === true ? asJson(entry) : asLine(entry, state));
      }
      return 0;
    }
    case 'show': {
      const entry = await store.find(keyOf(subject));
      if (entry === undefined) throw new Error('not found');
      console.log(values.json === true ? asJson(entry) : asText(entry));
      return 0;
    }
    case 'retry':
    case 'resolve': {
      if (values.reason === undefined || values.reason.trim() === '')
        throw new UsageError('--reason TEXT says why');
      const repaired = await (command === 'retry' ? retry : resolve)(store, keyOf(subject), values.reason);
      console.log(repaired);
      return repaired === 'done' ? 0 : 1;
    }
    case 'sweep': {
      const { deleted, quarantined } = await sweep(store);
      console.log(`${deleted} deleted, ${quarantined} quarantined`);
      return 0;
    }
    case 'migrate':
      await store.migrate();
      console.log('done');
      return 0;
    default:
      throw new UsageError(`"${command}" is no command\n\n${usage}`);
  }
}

function schemaOf(database: string | undefined, table: string | undefined): string {
  switch (database) {
    case 'postgres':
      return postgresSchema(table);
    case 'mysql':
      return mysqlSchema(table).join(';\n') + ';';
    case 'sqlite':
      return sqliteSchema(table);
    case undefined:
    default:
      throw new UsageError('schema postgres|mysql|sqlite');
  }
}

function stateOf(text: string): ListedState {
  const state = ([...states, 'stuck'] as const).find((known) => known === text);
  if (state === undefined) throw new UsageError(`"${text}" is no state: stuck, ${states.join(', ')}`);
  return state;
}

function keyOf(subject: string | undefined): string {
  if (subject === undefined) throw new UsageError('Which key?');
  return subject;
}

const iso = (ms: number): string => new Date(ms).toISOString();

const asLine = (entry: Found, state: ListedState): string =>
  [state, entry.key, `attempt ${entry.attempt}`, iso(entry.updatedAt), entry.detail ?? '']
    .join('\t')
    .trimEnd();

const asText = (entry: Found): string =>
  [
    `${entry.key} is ${entry.state}, attempt ${entry.attempt}`,
    `  created ${iso(entry.createdAt)}, changed ${iso(entry.updatedAt)}`,
    `  owner   ${entry.owner}${entry.leaseLeftMs > 0 ? `, lease for ${entry.leaseLeftMs} ms more` : ''}`,
    ...(entry.answer === undefined
      ? []
      : [`  answer  ${entry.answer.status}, ${entry.answer.body.byteLength} bytes`]),
    ...(entry.detail === undefined ? [] : [`  detail  ${entry.detail}`]),
    ...(entry.expiresAt === undefined ? [] : [`  kept until ${iso(entry.expiresAt)}`]),
  ].join('\n');

const asJson = ({ answer, ...entry }: Found): string =>
  JSON.stringify({
    ...entry,
    ...(answer && { answer: { ...answer, body: Buffer.from(answer.body).toString('base64') } }),
  });

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
