import { afterAll, beforeAll, expect, it } from 'vitest';
import { rateLimiter } from '../../../functions/ingest/rate-limit.ts';
import { startTestDatabase, type TestDatabase } from '../../support/dynamodb.ts';
import { intercept } from '../../support/intercept.ts';
import { bearerToken, request, setUpIngest, withHeaders } from '../../support/ingest-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.close());

const at = new Date('2026-11-24T10:00:48.200Z');
const acme = { sourceName: 'acme', who: '192.0.2.1', perMinute: 3 };

it('lets through exactly as many as the limit, however many come at once', async () => {
  const count = rateLimiter(database.dynamodb, await database.table('state'));

  const verdicts = await Promise.all(Array.from({ length: 20 }, () => count(acme, at)));

  expect(verdicts.filter(({ kind }) => kind === 'within')).toHaveLength(3);
});

/** Counts the writes of a limiter. */
async function counting(table?: string) {
  const stateTable = table ?? (await database.table('state'));
  const writes = { count: 0 };
  const dynamodb = intercept(database.dynamodb, (_, next) => {
    writes.count++;
    return next();
  });
  return { count: rateLimiter(dynamodb, stateTable), writes, stateTable };
}

it('refuses without a write once it has met the limit, until the window ends', async () => {
  const { count, writes } = await counting();
  for (let n = 0; n < 50; n++) await count(acme, at);
  const inWindow = writes.count;

  const next = await count(acme, new Date(at.getTime() + 60_000));

  expect(inWindow).toBe(4);
  expect([next.kind, writes.count]).toEqual(['within', 5]);
});

it('counts a large limit in shares of a thousandth, exactly where one process counts', async () => {
  const { count, writes } = await counting();
  const large = { ...acme, perMinute: 1001 };

  const verdicts = [];
  for (let n = 0; n < 1050; n++) verdicts.push((await count(large, at)).kind);

  expect(verdicts.filter((kind) => kind === 'within')).toHaveLength(1001);
  expect(verdicts.lastIndexOf('within')).toBe(1000);
  expect(writes.count).toBe(501);
});

it('lets no more through than the limit where several processes count, and less by no more than a share of each', async () => {
  const { count: first, stateTable } = await counting();
  const others = await Promise.all(Array.from({ length: 4 }, () => counting(stateTable)));
  const processes = [first, ...others.map(({ count }) => count)];
  const large = { ...acme, perMinute: 20_000 };

  // One after the other, and the first four leave a share begun.
  let within = 0;
  for (const count of processes.slice(1)) within += (await count(large, at)).kind === 'within' ? 1 : 0;
  while ((await first(large, at)).kind === 'within') within++;

  expect(within).toBeLessThanOrEqual(20_000);
  expect(within).toBeGreaterThanOrEqual(20_000 - 4 * 20);
});

it('says how long the window lasts, and counts anew in the next', async () => {
  const count = rateLimiter(database.dynamodb, await database.table('state'));
  const next = new Date('2026-11-24T10:01:00Z');

  const over = await count({ ...acme, perMinute: 0 }, at);
  const later = await count({ ...acme, perMinute: 1 }, next);

  expect(over).toEqual({ kind: 'over', limit: { limit: 0, windowSeconds: 60, retryAfterSeconds: 12 } });
  expect(later).toEqual({ kind: 'within' });
});

it('counts each sender and each source by itself', async () => {
  const count = rateLimiter(database.dynamodb, await database.table('state'));
  const one = { ...acme, perMinute: 1 };

  const verdicts = [
    await count(one, at),
    await count({ ...one, who: '192.0.2.2' }, at),
    await count({ ...one, sourceName: 'other' }, at),
  ];

  expect(verdicts.map(({ kind }) => kind)).toEqual(['within', 'within', 'within']);
});

it('limits an address before it is verified', async () => {
  const { ingest, rejected } = await setUpIngest(database);
  const guess = () => ingest(withHeaders(request('perIp', { id: 'e1' }), { authorization: 'Bearer guess' }));

  const statuses = [(await guess()).status, (await guess()).status, (await guess()).status];

  expect(statuses).toEqual([401, 401, 429]);
  expect((await rejected()).filter(({ cause }) => cause === 'rate-limited')).toHaveLength(1);
});

it('does not let strangers use up the limit of a source', async () => {
  const { ingest } = await setUpIngest(database);
  const post = (id: string, authorization: string) =>
    ingest(withHeaders(request('perSource', { id }), { authorization }));
  for (const id of ['a', 'b', 'c']) await post(id, 'Bearer guess');

  const answers = [await post('d', bearerToken), await post('e', bearerToken), await post('f', bearerToken)];

  expect(answers.map(({ status }) => status)).toEqual([202, 202, 429]);
  expect(answers[2]?.body).toMatchObject({ cause: 'rate-limited', limit: 2, window: 60 });
  expect(Number(answers[2]?.headers?.['retry-after'])).toBeGreaterThan(0);
});
