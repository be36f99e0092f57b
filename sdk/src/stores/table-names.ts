/** The three tables of an SQL store. */
export interface TableNames {
  readonly entries: string;
  readonly lanes: string;
  readonly versions: string;
}

/** Throws a TypeError for a name that would need quoting: it becomes part of every statement. */
export function tableNames(table = 'hooklane_consumer'): TableNames {
  if (!/^[a-z_][a-z0-9_]{0,40}(\.[a-z_][a-z0-9_]{0,40})?$/.test(table)) {
    throw new TypeError(
      `"${table}" is no table name: lower-case letters, digits and _, with a schema before a dot if need be`,
    );
  }
  return { entries: table, lanes: `${table}_lanes`, versions: `${table}_versions` };
}
