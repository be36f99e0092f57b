import type { Store } from './store.ts';

/** PostgreSQL from the `PG*` variables, loaded when the first event comes. Throws at once, and clearly, if `pg` is missing. */
export async function openDefaultStore<Db>(): Promise<Store<Db>> {
  const { openPool, postgres } = await import('./stores/postgres.ts');
  const store: Store = postgres(await openPool());
  // Whoever gives no store has a handler for the default one.

  return store as Store<Db>;
}
