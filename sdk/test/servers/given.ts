/** A server's address, which `run.ts` sets. */
export function given(name: 'POSTGRES_URL' | 'MARIADB_URL' | 'REDIS_URL'): string {
  const url = process.env[name];
  if (url === undefined) throw new Error(`${name} is not set: npm run test:stores --workspace sdk`);
  return url;
}

let made = 0;

/** A table name that no other test uses. */
export const freshTable = (): string => `t${process.pid}_${Date.now().toString(36)}_${made++}`;
