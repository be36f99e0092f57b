import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Found } from './entry.ts';
import type { Completion, FirstClaim, Held, Store } from './store.ts';

/** What the suite needs of a store: a fresh, empty one each time, and a way to see effects where `db` is transactional. */
export interface ContractSetup<Db> {
  open(): Promise<{
    readonly store: Store<Db>;
    /** Writes a value through `db`; left out for a store without transactions. */
    readonly effect?: (db: Db, value: string) => Promise<void>;
    /** The values that were committed. */
    readonly effects?: () => Promise<string[]>;
    close?(): Promise<void>;
  }>;
}

type Opened<Db> = Awaited<ReturnType<ContractSetup<Db>['open']>>;

/** Long enough that nothing lapses by accident, short enough to wait for. */
const shortLeaseMs = 150;
const longLeaseMs = 60_000;

const claimOf = (key: string, owner: string, more: Partial<FirstClaim> = {}): FirstClaim => ({
  key,
  owner,
  digest: 'd1',
  onCrash: 'retry',
  leaseMs: longLeaseMs,
  ...more,
});
const heldBy = (owner: string, key = 'k', attempt = 1): Held => ({ key, owner, attempt });
const completion = (more: Partial<Completion> = {}): Completion => ({
  answer: { status: 201, headers: { 'content-type': 'text/plain' }, body: Buffer.from('ok\u0000\u00ff') },
  retentionMs: longLeaseMs,
  ...more,
});

/** The tests every store must pass; run each under any runner: `for (const { name, run } of storeContract(setup)) test(name, run)`. */
export function storeContract<Db>(
  setup: ContractSetup<Db>,
): { readonly name: string; readonly run: () => Promise<void> }[] {
  const tests: { name: string; run: () => Promise<void> }[] = [];
  const test = (name: string, run: (opened: Opened<Db>) => Promise<void>) =>
    tests.push({
      name,
      async run() {
        const opened = await setup.open();
        try {
          await run(opened);
        } finally {
          await opened.store.close();
          await opened.close?.();
        }
      },
    });
  const found = async (store: Store<Db>, key = 'k'): Promise<Found> => {
    const entry = await store.find(key);
    assert.ok(entry, `${key} is there`);
    return entry;
  };

  test('gives a fresh key to the first claim and shows it to the second', async ({ store }) => {
    assert.equal(await store.insert(claimOf('k', 'a')), undefined);

    const seen = await store.insert(claimOf('k', 'b', { digest: 'd2' }));

    assert.equal(seen?.owner, 'a');
    assert.equal(seen.state, 'processing');
    assert.equal(seen.attempt, 1);
    assert.equal(seen.digest, 'd1');
    assert.equal(seen.onCrash, 'retry');
    assert.equal(seen.answer, undefined);
    assert.ok(seen.leaseLeftMs > 0 && seen.leaseLeftMs <= longLeaseMs);
    assert.ok(Math.abs(seen.createdAt - Date.now()) < 60_000, 'by a clock that is about right');
  });

  test('lets exactly one of many claims win', async ({ store }) => {
    const owners = Array.from({ length: 20 }, (_, n) => `owner-${n}`);

    const answers = await Promise.all(owners.map((owner) => store.insert(claimOf('k', owner))));

    const winners = owners.filter((_, n) => answers[n] === undefined);
    assert.equal(winners.length, 1);
    for (const answer of answers) if (answer !== undefined) assert.equal(answer.owner, winners[0]);
  });

  test('keeps keys apart that differ in case, in accents or in a space at their end', async ({ store }) => {
    const keys = ['key', 'KEY', 'kéy', 'key ', 'ke', '🔑', `${'x'.repeat(1023)}a`, `${'x'.repeat(1023)}b`];

    for (const key of keys) assert.equal(await store.insert(claimOf(key, 'a')), undefined, key);

    for (const key of keys) assert.equal((await found(store, key)).key, key);
  });

  test('keeps a claim without a digest', async ({ store }) => {
    await store.insert(claimOf('k', 'a', { digest: undefined }));

    assert.equal((await found(store)).digest, undefined);
  });

  test('says of a lease that it has lapsed, by its own clock', async ({ store }) => {
    await store.insert(claimOf('k', 'a', { leaseMs: shortLeaseMs }));
    assert.ok((await found(store)).leaseLeftMs > 0);

    await sleep(shortLeaseMs + 50);

    assert.ok((await found(store)).leaseLeftMs <= 0);
  });

  test('renews a lease for its owner alone', async ({ store }) => {
    await store.insert(claimOf('k', 'a', { leaseMs: shortLeaseMs }));

    assert.equal(await store.renew(heldBy('b'), longLeaseMs), false);
    assert.equal(await store.renew({ ...heldBy('a'), attempt: 2 }, longLeaseMs), false);
    assert.equal(await store.renew(heldBy('a'), longLeaseMs), true);

    assert.ok((await found(store)).leaseLeftMs > shortLeaseMs * 10);
  });

  test('replaces an entry only as it was seen', async ({ store }) => {
    await store.insert(claimOf('k', 'a'));
    const seen = await found(store);
    await store.renew(heldBy('a'), longLeaseMs * 2);

    const taken = { state: 'processing', owner: 'b', attempt: 2, leaseMs: longLeaseMs } as const;

    assert.equal(await store.replace(seen, taken), false, 'the lease was renewed since');
    assert.equal(await store.replace({ ...heldBy('c'), state: 'processing' }, taken), false);
    assert.equal(await store.replace({ ...heldBy('a'), state: 'pending' }, taken), false);
    assert.equal(await store.replace(await found(store), taken), true);
    assert.equal((await found(store)).owner, 'b');
    assert.equal((await found(store)).attempt, 2);
  });

  test('lets exactly one of many take over', async ({ store }) => {
    await store.insert(claimOf('k', 'a', { leaseMs: 1 }));
    await sleep(20);
    const seen = await found(store);

    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        store.replace(seen, { state: 'processing', owner: `b${n}`, attempt: 2, leaseMs: longLeaseMs }),
      ),
    );

    assert.equal(taken.filter(Boolean).length, 1);
  });

  test('completes with the whole answer, byte for byte', async ({ store }) => {
    await store.insert(claimOf('k', 'a'));

    assert.equal(await store.begin(heldBy('a')).commit(completion()), 'committed');

    const { state, answer, owner, leaseLeftMs, expiresAt } = await found(store);
    assert.equal(state, 'complete');
    assert.equal(owner, 'a');
    assert.equal(answer?.status, 201);
    assert.deepEqual(answer.headers, { 'content-type': 'text/plain' });
    assert.deepEqual(Buffer.from(answer.body), Buffer.from('ok\u0000\u00ff'));
    assert.ok(leaseLeftMs <= 0);
    assert.ok(expiresAt !== undefined && expiresAt > Date.now());
  });

  test('never changes what is complete', async ({ store }) => {
    await store.insert(claimOf('k', 'a'));
    await store.begin(heldBy('a')).commit(completion());

    assert.equal(await store.begin(heldBy('a')).commit(completion()), 'fenced');
    assert.equal(await store.replace({ ...heldBy('a'), state: 'processing' }, { state: 'pending' }), false);
    assert.equal(await store.renew(heldBy('a'), longLeaseMs), false);
    assert.equal((await found(store)).state, 'complete');
  });

  test('refuses the commit of an owner that was overtaken, with its effects', async ({
    store,
    effect,
    effects,
  }) => {
    await store.insert(claimOf('k', 'a', { leaseMs: 1 }));
    await sleep(20);
    const stale = store.begin(heldBy('a'));
    await store.replace(await found(store), {
      state: 'processing',
      owner: 'b',
      attempt: 2,
      leaseMs: longLeaseMs,
    });
    await effect?.(stale.db, 'stale');

    assert.equal(await stale.commit(completion()), 'fenced');

    assert.equal((await found(store)).owner, 'b');
    if (effects !== undefined) assert.deepEqual(await effects(), []);
  });

  test('accepts the commit of a late owner that nobody overtook', async ({ store }) => {
    await store.insert(claimOf('k', 'a', { leaseMs: 1 }));
    await sleep(20);

    assert.equal(await store.begin(heldBy('a')).commit(completion()), 'committed');
  });

  test('commits effects with the completion', async ({ store, effect, effects }) => {
    if (effect === undefined || effects === undefined) return;
    await store.insert(claimOf('k', 'a'));
    const work = store.begin(heldBy('a'));
    await effect(work.db, 'one');
    await effect(work.db, 'two');
    assert.deepEqual(await effects(), []);

    assert.equal(await work.commit(completion()), 'committed');

    assert.deepEqual((await effects()).sort(), ['one', 'two']);
  });

  test('undoes effects with a rollback, and the handler can do no more', async ({
    store,
    effect,
    effects,
  }) => {
    if (effect === undefined || effects === undefined) return;
    await store.insert(claimOf('k', 'a'));
    const work = store.begin(heldBy('a'));
    await effect(work.db, 'one');

    await work.rollback();

    await assert.rejects(async () => effect(work.db, 'two'), /over/);
    assert.deepEqual(await effects(), []);
    assert.equal((await found(store)).state, 'processing');
    assert.equal(await store.begin(heldBy('a')).commit(completion()), 'committed');
  });

  test('commits side by side', async ({ store, effect, effects }) => {
    const keys = Array.from({ length: 8 }, (_, n) => `k${n}`);

    await Promise.all(
      keys.map(async (key) => {
        await store.insert(claimOf(key, 'a'));
        const work = store.begin(heldBy('a', key));
        await effect?.(work.db, key);
        assert.equal(await work.commit(completion()), 'committed');
      }),
    );

    for (const key of keys) assert.equal((await found(store, key)).state, 'complete');
    if (effects !== undefined) assert.deepEqual((await effects()).sort(), keys);
  });

  test('gives a lane to one owner at a time, and to the next after its lease', async ({ store }) => {
    assert.equal(await store.takeLane('l', 'a', shortLeaseMs), true);
    assert.equal(await store.takeLane('l', 'a', shortLeaseMs), true, 'again to its holder');
    assert.equal(await store.takeLane('l', 'b', shortLeaseMs), false);
    assert.equal(await store.takeLane('other', 'b', shortLeaseMs), true);
    await store.releaseLane('l', 'b');
    assert.equal(await store.takeLane('l', 'b', shortLeaseMs), false, 'only its holder lets it go');

    await sleep(shortLeaseMs + 50);
    assert.equal(await store.takeLane('l', 'b', longLeaseMs), true);
    await store.releaseLane('l', 'b');
    assert.equal(await store.takeLane('l', 'c', longLeaseMs), true);
  });

  test('commits only with its lane, and lets it go with that', async ({ store, effect, effects }) => {
    await store.insert(claimOf('k', 'a'));
    await store.insert(claimOf('k2', 'b'));
    await store.takeLane('l', 'a', 1);
    await sleep(20);
    await store.takeLane('l', 'b', longLeaseMs);

    const late = store.begin({ ...heldBy('a'), lane: 'l' });
    await effect?.(late.db, 'late');
    assert.equal(await late.commit(completion()), 'fenced');
    assert.equal((await found(store)).state, 'processing');
    if (effects !== undefined) assert.deepEqual(await effects(), []);
    assert.equal(await store.renew({ ...heldBy('a'), lane: 'l' }, longLeaseMs), false);

    assert.equal(await store.begin({ ...heldBy('b', 'k2'), lane: 'l' }).commit(completion()), 'committed');
    assert.equal(await store.takeLane('l', 'c', longLeaseMs), true);
  });

  test('renews a claim and its lane together', async ({ store }) => {
    await store.insert(claimOf('k', 'a', { leaseMs: shortLeaseMs }));
    await store.takeLane('l', 'a', shortLeaseMs);

    assert.equal(await store.renew({ ...heldBy('a'), lane: 'l' }, longLeaseMs), true);

    await sleep(shortLeaseMs + 50);
    assert.equal(await store.takeLane('l', 'b', longLeaseMs), false);
  });

  test('refuses an older version of an entity together with its effects', async ({
    store,
    effect,
    effects,
  }) => {
    const commit = async (key: string, version: string) => {
      await store.insert(claimOf(key, 'a'));
      const work = store.begin(heldBy('a', key));
      await effect?.(work.db, version);
      return work.commit(completion({ version: { entity: 'e', version } }));
    };
    assert.equal(await store.versionOf('e'), undefined);

    assert.equal(await commit('k1', '05'), 'committed');
    assert.equal(await commit('k2', '04'), 'stale');
    assert.equal(await commit('k3', '05'), 'committed');
    assert.equal(await commit('k4', '10'), 'committed');
    assert.equal(await commit('k5', '0Z'), 'stale');
    assert.equal(await commit('k6', 'Z'), 'committed');
    assert.equal(await commit('k7', 'a'), 'committed');

    assert.equal(await store.versionOf('e'), 'a');
    assert.equal((await found(store, 'k2')).state, 'processing');
    if (effects !== undefined) assert.deepEqual((await effects()).sort(), ['05', '05', '10', 'Z', 'a']);
  });

  test('lists by state, oldest change first, and only lapsed ones if asked', async ({ store }) => {
    for (const key of ['one', 'two', 'three']) {
      await store.insert(claimOf(key, 'a', { leaseMs: key === 'two' ? 1 : longLeaseMs }));
      await sleep(5);
    }
    await store.replace({ ...heldBy('a', 'three'), state: 'processing' }, { state: 'failed', detail: 'no' });
    await sleep(20);

    const keys = async (query: Parameters<typeof store.list>[0]) =>
      (await store.list(query)).map((entry) => entry.key);

    assert.deepEqual(await keys({ state: 'processing', limit: 10 }), ['one', 'two']);
    assert.deepEqual(await keys({ state: 'processing', limit: 1 }), ['one']);
    assert.deepEqual(await keys({ state: 'processing', lapsed: true, limit: 10 }), ['two']);
    assert.deepEqual(await keys({ state: 'failed', limit: 10 }), ['three']);
    assert.deepEqual(await keys({ state: 'quarantined', limit: 10 }), []);
    assert.equal((await found(store, 'three')).detail, 'no');
  });

  test('forgets what its retention is over for, and nothing else', async ({ store }) => {
    for (const key of ['kept', 'over', 'open']) await store.insert(claimOf(key, 'a'));
    await store.begin(heldBy('a', 'kept')).commit(completion());
    await store.begin(heldBy('a', 'over')).commit(completion({ retentionMs: 1 }));
    await sleep(50);

    await store.sweep(10);

    assert.equal((await found(store, 'kept')).state, 'complete');
    assert.equal((await found(store, 'open')).state, 'processing');
    assert.equal(await store.find('over'), undefined);
    assert.equal(await store.insert(claimOf('over', 'b')), undefined);
  });

  test('is migrated twice without harm', async ({ store }) => {
    await store.insert(claimOf('k', 'a'));

    await Promise.all([store.migrate(), store.migrate()]);

    assert.equal((await found(store)).owner, 'a');
  });
  return tests;
}
