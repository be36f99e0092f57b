import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  createOnce as createLoud,
  list,
  memory,
  resolve,
  retry,
  sweep,
  type ConsumerEvent,
  type Store,
} from '../src/index.ts';
import type { Found } from '../src/entry.ts';

/** What goes wrong here goes wrong on purpose. */
const createOnce: typeof createLoud = (options) => createLoud({ onEvent: () => undefined, ...options });

const crashed = async (store: Store, key: string, onCrash: 'retry' | 'quarantine'): Promise<void> => {
  await store.insert({ key, owner: 'dead', digest: undefined, onCrash, leaseMs: 1 });
  await sleep(10);
};
const stateOf = async (store: Store, key = 'k'): Promise<Found['state'] | undefined> =>
  (await store.find(key))?.state;

describe('a handler that throws', () => {
  test('runs again with the next copy, and nothing of the failed attempt remains', async () => {
    const store = memory();
    const once = createOnce({ store });
    const attempts: number[] = [];
    const run = () =>
      once({ key: 'k' }, ({ db, attempt }) => {
        attempts.push(attempt);
        db.set(`effect ${attempt}`, true);
        if (attempt === 1) throw new Error('no');
        return 'done';
      });

    expect((await run()).kind).toBe('threw');
    expect(await stateOf(store)).toBe('pending');
    expect(store.data.size).toBe(0);
    expect(await run()).toMatchObject({ kind: 'ran', value: 'done' });
    expect([...store.data.keys()]).toEqual(['effect 2']);
    expect(attempts).toEqual([1, 2]);
  });

  test('is failed for good where the policy says so, and copies get that answer', async () => {
    const store = memory();
    const once = createOnce({ store, policy: 'at-most-once' });
    let runs = 0;
    const run = () =>
      once({ key: 'k' }, () => {
        runs += 1;
        throw Object.assign(new Error('no'), { status: 409 });
      });

    expect(await run()).toMatchObject({ kind: 'failed', answer: { status: 409 } });
    expect(await run()).toMatchObject({ kind: 'replayed', state: 'failed', answer: { status: 409 } });
    expect(runs).toBe(1);
  });

  test('is failed or not by its error', async () => {
    const store = memory();
    const once = createOnce({
      store,
      policy: { onThrow: (error) => (error instanceof TypeError ? 'fail' : 'retry') },
    });

    expect((await once({ key: 'a' }, () => Promise.reject(new TypeError()))).kind).toBe('failed');
    expect((await once({ key: 'b' }, () => Promise.reject(new Error()))).kind).toBe('threw');
  });

  test('fails the copies that waited for it too, instead of running once for each', async () => {
    const store = memory();
    let runs = 0;
    const consumers = [createOnce({ store }), createOnce({ store })];
    const run = (n: number) =>
      consumers[n % 2]!({ key: 'k' }, async () => {
        runs += 1;
        await sleep(100);
        throw new Error('no');
      });

    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => run(n)));

    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(10).fill('threw'));
    expect(runs).toBe(1);
  });
});

describe('an attempt that died', () => {
  test('runs again after its lease, with a higher attempt', async () => {
    const store = memory();
    await crashed(store, 'k', 'retry');
    const events: ConsumerEvent[] = [];

    const outcome = await createOnce({ store, onEvent: (event) => events.push(event) })(
      { key: 'k' },
      ({ attempt }) => attempt,
    );

    expect(outcome).toMatchObject({ kind: 'ran', value: 2 });
    expect(events[0]?.type).toBe('took-over');
  });

  test('is quarantined where the policy says so, also without another copy, and never runs by itself', async () => {
    const store = memory();
    await crashed(store, 'a', 'quarantine');
    await crashed(store, 'b', 'quarantine');
    let runs = 0;
    const once = createOnce({ store, policy: 'at-most-once' });

    expect((await once({ key: 'a' }, () => (runs += 1))).kind).toBe('quarantined');
    expect((await list(store, 'quarantined')).map(({ key }) => key).sort()).toEqual(['a', 'b']);
    expect((await once({ key: 'b' }, () => (runs += 1))).kind).toBe('quarantined');
    expect(runs).toBe(0);
  });

  test('keeps the promise that it began under when the policy changes', async () => {
    const store = memory();
    await crashed(store, 'k', 'quarantine');

    expect((await createOnce({ store })({ key: 'k' }, () => 'ran')).kind).toBe('quarantined');
  });

  test('is listed as stuck, until somebody comes', async () => {
    const store = memory();
    await crashed(store, 'k', 'retry');

    expect((await list(store, 'stuck')).map(({ key }) => key)).toEqual(['k']);
  });
});

describe('a lease', () => {
  test('is renewed while the handler runs', async () => {
    const store = memory();
    const slow = createOnce({ store, leaseMs: 60 })({ key: 'k' }, () => sleep(300).then(() => 'slow'));
    await sleep(150);

    const other = await createOnce({ store, waitMs: 1000 })({ key: 'k' }, () => 'other');

    expect(other).toMatchObject({ kind: 'replayed', value: 'slow' });
    expect(await slow).toMatchObject({ kind: 'ran', value: 'slow' });
  });

  test('that was lost ends the attempt at once; its effects are refused', async () => {
    const store = memory();
    const lost = createOnce({ store, leaseMs: 60 })({ key: 'k' }, async ({ db, signal }) => {
      db.set('stale', true);
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    });
    await sleep(10);
    const seen = (await store.find('k'))!;
    await store.replace(seen, { state: 'processing', owner: 'other', attempt: 2, leaseMs: 10_000 });

    expect(await lost).toMatchObject({ kind: 'interrupted', because: 'fenced' });
    expect(store.data.size).toBe(0);
    expect((await store.find('k'))?.owner).toBe('other');
  });
});

describe('a store that is down', () => {
  const failing = (store: ReturnType<typeof memory>, broken: Set<string>) =>
    new Proxy(store, {
      get: (target, name, receiver) =>
        broken.has(String(name))
          ? () => Promise.reject(new Error('connection refused'))
          : (Reflect.get(target, name, receiver) as unknown),
    });

  test('before the claim: nothing runs, and it recovers without a restart', async () => {
    const broken = new Set(['insert']);
    const once = createOnce({ store: failing(memory(), broken) });
    let runs = 0;
    const run = () => once({ key: 'k' }, () => (runs += 1));

    expect((await run()).kind).toBe('unavailable');
    expect(runs).toBe(0);
    broken.clear();
    expect((await run()).kind).toBe('ran');
  });

  test('that answers too late: nothing runs for that claim, and the next copy need not wait for its lease', async () => {
    const store = memory();
    let isSlow = true;
    const slow = new Proxy(store, {
      get: (target, name, receiver) =>
        name === 'insert' && isSlow
          ? async (claim: Parameters<typeof store.insert>[0]) => {
              await sleep(100);
              return target.insert(claim);
            }
          : (Reflect.get(target, name, receiver) as unknown),
    });
    const once = createOnce({ store: slow, storeTimeoutMs: 30 });

    expect((await once({ key: 'k' }, () => 'ran')).kind).toBe('unavailable');
    isSlow = false;
    await sleep(150);
    expect(await once({ key: 'k' }, ({ attempt }) => attempt)).toMatchObject({ kind: 'ran', value: 1 });
  });

  test('between effect and completion: never reported as done, and the effect happens once', async () => {
    const store = memory();
    let isDown = true;
    const flaky = new Proxy(store, {
      get: (target, name, receiver) =>
        name === 'begin'
          ? (held: Parameters<typeof store.begin>[0]) => {
              const work = target.begin(held);
              return {
                ...work,
                commit: isDown
                  ? () => Promise.reject(new Error('gone'))
                  : (completion: Parameters<typeof work.commit>[0]) => work.commit(completion),
              };
            }
          : (Reflect.get(target, name, receiver) as unknown),
    });
    const once = createOnce({ store: flaky, leaseMs: 50, waitMs: 500 });
    const run = () => once({ key: 'k' }, ({ db, attempt }) => db.set(`effect ${attempt}`, true));

    expect((await run()).kind).toBe('unavailable');
    isDown = false;
    expect((await run()).kind).toBe('ran');
    expect([...store.data.keys()]).toEqual(['effect 2']);
  });

  test('whose commit happened though its answer was lost: reported as what it is', async () => {
    const store = memory();
    const lossy = new Proxy(store, {
      get: (target, name, receiver) =>
        name === 'begin'
          ? (held: Parameters<typeof store.begin>[0]) => {
              const work = target.begin(held);
              return {
                ...work,
                commit: async (completion: Parameters<typeof work.commit>[0]) => {
                  await work.commit(completion);
                  throw new Error('connection reset');
                },
              };
            }
          : (Reflect.get(target, name, receiver) as unknown),
    });

    expect(await createOnce({ store: lossy })({ key: 'k' }, () => 'done')).toMatchObject({
      kind: 'ran',
      value: 'done',
    });
  });
});

describe('serializeBy', () => {
  test('runs events of one lane one at a time, over several consumers, and other lanes beside them', async () => {
    const store = memory();
    const consumers = [createOnce({ store, waitMs: 10_000 }), createOnce({ store, waitMs: 10_000 })];
    const busy = new Map<string, number>();
    let most = 0;
    let together = 0;
    const run = (n: number) =>
      consumers[n % 2]!({ key: `k${n}`, lane: `lane ${n % 3}` }, async () => {
        const lane = `lane ${n % 3}`;
        busy.set(lane, (busy.get(lane) ?? 0) + 1);
        most = Math.max(most, ...busy.values());
        together = Math.max(
          together,
          [...busy.values()].reduce((a, b) => a + b),
        );
        await sleep(10);
        busy.set(lane, (busy.get(lane) ?? 0) - 1);
      });

    const outcomes = await Promise.all(Array.from({ length: 18 }, (_, n) => run(n)));

    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(18).fill('ran'));
    expect(most).toBe(1);
    expect(together).toBe(3);
  });

  test('lets its lane go when the handler throws', async () => {
    const once = createOnce({ store: memory() });

    await once({ key: 'a', lane: 'l' }, () => Promise.reject(new Error('no')));

    expect((await once({ key: 'b', lane: 'l' }, () => 'ran')).kind).toBe('ran');
  });

  test('sends an event away whose lane stays busy, and does not count an attempt', async () => {
    const store = memory();
    const once = createOnce({ store, waitMs: 50 });
    await store.takeLane('l', 'somebody', 10_000);

    expect(await once({ key: 'k', lane: 'l' }, () => 'ran')).toMatchObject({
      kind: 'running',
      because: 'lane',
    });
    await store.releaseLane('l', 'somebody');
    expect(await once({ key: 'k', lane: 'l' }, ({ attempt }) => attempt)).toMatchObject({
      kind: 'ran',
      value: 1,
    });
  });
});

describe('staleIf', () => {
  test('drops an older version, with its effect, and lets the same and newer ones through', async () => {
    const store = memory();
    const once = createOnce({ store });
    const run = (key: string, version: number) =>
      once({ key, version: { entity: 'order 1', version } }, ({ db }) => db.set('order', version));

    expect((await run('a', 9)).kind).toBe('ran');
    expect((await run('b', 2)).kind).toBe('stale');
    expect((await run('b', 2)).kind).toBe('replayed');
    expect((await run('c', 10)).kind).toBe('ran');
    expect((await run('d', 10)).kind).toBe('ran');
    expect(store.data.get('order')).toBe(10);
  });

  test('drops the one that was overtaken while it ran', async () => {
    const store = memory();
    const once = createOnce({ store });
    const old = once({ key: 'old', version: { entity: 'e', version: 1 } }, async ({ db }) => {
      db.set('order', 'old');
      await sleep(50);
    });
    await once({ key: 'new', version: { entity: 'e', version: 2 } }, ({ db }) => db.set('order', 'new'));

    expect((await old).kind).toBe('stale');
    expect(store.data.get('order')).toBe('new');
  });

  test.each([-1, 1.5, NaN, 2 ** 60])('refuses %s as a version', async (version) => {
    const once = createOnce({ store: memory() });

    await expect(once({ key: 'k', version: { entity: 'e', version } }, () => 1)).rejects.toThrow(TypeError);
  });
});

describe('repair', () => {
  test('lets a failed and a quarantined event run again with the next copy', async () => {
    const store = memory();
    const once = createOnce({ store, policy: 'at-most-once' });
    await once({ key: 'failed' }, () => Promise.reject(new Error('no')));
    await crashed(store, 'died', 'quarantine');
    await list(store, 'quarantined');

    for (const key of ['failed', 'died']) expect(await retry(store, key, 'looked')).toBe('done');

    for (const key of ['failed', 'died']) {
      expect(await once({ key }, ({ attempt }) => attempt)).toMatchObject({ kind: 'ran', value: 2 });
    }
  });

  test('closes an event by hand, and copies are answered', async () => {
    const store = memory();
    const once = createOnce({ store, policy: 'at-most-once' });
    await once({ key: 'k' }, () => Promise.reject(new Error('no')));

    expect(await resolve(store, 'k', 'done by hand')).toBe('done');

    expect(await once({ key: 'k' }, () => 'ran')).toMatchObject({
      kind: 'replayed',
      answer: { status: 204 },
    });
    expect((await store.find('k'))?.detail).toBe('resolved: done by hand');
  });

  test('touches neither what is complete nor what runs', async () => {
    const store = memory();
    await createOnce({ store })({ key: 'complete' }, () => 1);
    await store.insert({ key: 'runs', owner: 'a', digest: undefined, onCrash: 'retry', leaseMs: 10_000 });

    for (const key of ['complete', 'runs']) {
      expect(await retry(store, key, 'x')).toBe('not-allowed');
      expect(await resolve(store, key, 'x')).toBe('not-allowed');
    }
    expect(await retry(store, 'unknown', 'x')).toBe('not-found');
  });

  test('sweeps what its retention is over for', async () => {
    const store = memory();
    await createOnce({ store, retentionDays: 0 })({ key: 'k' }, () => 1);

    expect(await sweep(store)).toEqual({ deleted: 1, quarantined: 0 });
  });
});
