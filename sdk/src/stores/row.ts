import { readHeaders, type Answer } from '../answer.ts';
import { states, type Found, type State } from '../entry.ts';

/** A row of the entries of an SQL store, as any driver returns it: numbers may come as strings or bigints. */
export type Row = Readonly<Record<string, unknown>>;

export const columns =
  'key, state, owner, attempt, digest, on_crash, lease_until, status, headers, body, detail, created_at, updated_at, expires_at';

/** Reads a row that has `lease_left` beside its columns. */
export function readRow(row: Row): Found {
  return {
    key: text(row['key']) ?? '',
    state: readState(row['state']),
    owner: text(row['owner']) ?? '',
    attempt: Number(row['attempt']),
    digest: text(row['digest']),
    onCrash: row['on_crash'] === 'quarantine' ? 'quarantine' : 'retry',
    leaseUntil: Number(row['lease_until']),
    answer: readAnswer(row),
    detail: text(row['detail']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    expiresAt:
      row['expires_at'] === null || row['expires_at'] === undefined ? undefined : Number(row['expires_at']),
    leaseLeftMs: Number(row['lease_left']),
  };
}

export function readState(value: unknown): State {
  const state = states.find((known) => known === text(value));
  if (state === undefined)
    throw new Error(`"${String(value)}" is no state: is this the table of another program?`);
  return state;
}

function readAnswer(row: Row): Answer | undefined {
  if (row['status'] === null || row['status'] === undefined) return undefined;
  const body = row['body'];
  return {
    status: Number(row['status']),
    headers: readHeaders(text(row['headers'])),
    body: body instanceof Uint8Array ? body : new Uint8Array(),
  };
}

/** Drivers give text of a binary column as bytes. */
function text(value: unknown): string | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  return typeof value === 'string' ? value : undefined;
}

export const rowsOf = (found: readonly unknown[]): Row[] => found.filter(isRow);

const isRow = (row: unknown): row is Row => typeof row === 'object' && row !== null;
