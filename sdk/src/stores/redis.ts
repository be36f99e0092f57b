import { readHeaders } from '../answer.ts';
import type { Found } from '../entry.ts';
import type { Change, Completion, Held, Seen, Store } from '../store.ts';
import { commandOf, type RedisClient } from './redis-client.ts';
import { readState } from './row.ts';

export interface RedisOptions {
  /** Before every name; its braces put all of them into one slot of a cluster. Default `{hooklane}:`. */
  readonly prefix?: string;
}

/** Milliseconds of the server's clock. */
const clock = `local t = redis.call('TIME') local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

/** KEYS: entry, and the index of the state. ARGV: key, owner, digest, onCrash, leaseMs. */
const insertScript = `${clock}
if redis.call('EXISTS', KEYS[1]) == 1 then return {now, redis.call('HGETALL', KEYS[1])} end
redis.call('HSET', KEYS[1], 'key', ARGV[1], 'state', 'processing', 'owner', ARGV[2], 'attempt', 1, 'onCrash', ARGV[4],
  'leaseUntil', now + ARGV[5], 'createdAt', now, 'updatedAt', now)
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'digest', ARGV[3]) end
redis.call('ZADD', KEYS[2], now, ARGV[1])
return {now, false}`;

const findScript = `${clock} return {now, redis.call('HGETALL', KEYS[1])}`;

/**
 * KEYS: entry, index before, index after, lane or entry again, version or entry again.
 * ARGV: key, state, owner, attempt, leaseUntil or '' as seen; then state, owner, attempt, onCrash, leaseMs, status, headers, body, detail,
 * retentionMs ('' each: as it is); then whether the lane must be held; then the version, if one must not be older.
 */
const replaceScript = `${clock}
local seen = redis.call('HMGET', KEYS[1], 'state', 'owner', 'attempt', 'leaseUntil')
if seen[1] ~= ARGV[2] or seen[2] ~= ARGV[3] or seen[3] ~= ARGV[4] then return 'fenced' end
if ARGV[5] ~= '' and seen[4] ~= ARGV[5] then return 'fenced' end
if ARGV[16] == 'lane' and redis.call('HGET', KEYS[4], 'owner') ~= ARGV[3] then return 'fenced' end
if ARGV[17] ~= '' then
  local newest = redis.call('GET', KEYS[5])
  if newest and newest > ARGV[17] then return 'stale' end
  redis.call('SET', KEYS[5], ARGV[17])
end
if ARGV[16] == 'lane' then redis.call('DEL', KEYS[4]) end
redis.call('HSET', KEYS[1], 'state', ARGV[6], 'updatedAt', now)
redis.call('HDEL', KEYS[1], 'status', 'headers', 'body', 'expiresAt')
local names = {'owner', 'attempt', 'onCrash', false, 'status', 'headers', 'body', 'detail'}
for n = 1, 8 do
  if names[n] and ARGV[6 + n] ~= '' then redis.call('HSET', KEYS[1], names[n], ARGV[6 + n]) end
end
local lease = 0
if ARGV[10] ~= '' then lease = now + ARGV[10] end
redis.call('HSET', KEYS[1], 'leaseUntil', lease)
redis.call('ZREM', KEYS[2], ARGV[1])
if ARGV[15] ~= '' then
  redis.call('HSET', KEYS[1], 'expiresAt', now + ARGV[15])
  redis.call('PEXPIRE', KEYS[1], math.max(1, ARGV[15]))
else
  redis.call('PERSIST', KEYS[1])
  redis.call('ZADD', KEYS[3], now, ARGV[1])
end
return 'committed'`;

/** KEYS: entry, lane or entry again. ARGV: owner, attempt, leaseMs, whether there is a lane. */
const renewScript = `${clock}
local seen = redis.call('HMGET', KEYS[1], 'state', 'owner', 'attempt')
if seen[1] ~= 'processing' or seen[2] ~= ARGV[1] or seen[3] ~= ARGV[2] then return 0 end
if ARGV[4] == 'lane' then
  if redis.call('HGET', KEYS[2], 'owner') ~= ARGV[1] then return 0 end
  redis.call('HSET', KEYS[2], 'leaseUntil', now + ARGV[3])
end
redis.call('HSET', KEYS[1], 'leaseUntil', now + ARGV[3])
return 1`;

/** KEYS: lane. ARGV: owner, leaseMs. */
const takeLaneScript = `${clock}
local lane = redis.call('HMGET', KEYS[1], 'owner', 'leaseUntil')
if lane[1] and lane[1] ~= ARGV[1] and tonumber(lane[2]) > now then return 0 end
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'leaseUntil', now + ARGV[2])
return 1`;

const releaseLaneScript = `if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1`;

/**
 * Redis 6 or later, by a client of `ioredis` or `redis`. Weaker than the databases: an effect is elsewhere, so a crash between it and its
 * record runs it again (or quarantines it), and a Redis that loses writes (no `appendfsync always`, a failover) forgets claims.
 */
export function redis(client: RedisClient, options: RedisOptions = {}): Store<undefined> {
  const command = commandOf(client);
  const prefix = options.prefix ?? '{hooklane}:';
  const entryOf = (key: string) => `${prefix}entry:${key}`;
  const laneOf = (lane: string) => `${prefix}lane:${lane}`;
  const versionOf = (entity: string) => `${prefix}version:${entity}`;
  const indexOf = (state: string) => `${prefix}state:${state}`;
  const run = (script: string, keys: string[], values: string[]) =>
    command('EVAL', script, String(keys.length), ...keys, ...values);

  const find = async (key: string) => readFound(await run(findScript, [entryOf(key)], []));

  async function replace(
    seen: Seen,
    to: Change,
    more: { readonly lane?: string | undefined; readonly version?: Completion['version'] } = {},
  ): Promise<unknown> {
    const entry = entryOf(seen.key);
    const { lane, version } = more;
    const keys = [
      entry,
      indexOf(seen.state),
      indexOf(to.state),
      lane === undefined ? entry : laneOf(lane),
      version === undefined ? entry : versionOf(version.entity),
    ];
    const { answer } = to;
    return run(replaceScript, keys, [
      seen.key,
      seen.state,
      seen.owner,
      String(seen.attempt),
      String(seen.leaseUntil ?? ''),
      to.state,
      to.owner ?? '',
      String(to.attempt ?? ''),
      to.onCrash ?? '',
      String(to.leaseMs ?? ''),
      String(answer?.status ?? ''),
      answer === undefined ? '' : JSON.stringify(answer.headers),
      answer === undefined ? '' : Buffer.from(answer.body).toString('base64'),
      to.detail ?? '',
      String(to.retentionMs ?? ''),
      lane === undefined ? '' : 'lane',
      version?.version ?? '',
    ]);
  }

  return {
    name: 'redis',
    transactional: false,
    async insert({ key, owner, digest, onCrash, leaseMs }) {
      const values = [key, owner, digest ?? '', onCrash, String(leaseMs)];
      return readFound(await run(insertScript, [entryOf(key), indexOf('processing')], values));
    },
    find,
    replace: async (seen, to) => (await replace(seen, to)) === 'committed',
    async renew({ key, owner, attempt, lane }, leaseMs) {
      const keys = [entryOf(key), lane === undefined ? entryOf(key) : laneOf(lane)];
      const values = [owner, String(attempt), String(leaseMs), lane === undefined ? '' : 'lane'];
      return Number(await run(renewScript, keys, values)) === 1;
    },
    begin: (held: Held) => ({
      db: undefined,
      async commit({ answer, retentionMs, version }) {
        const to: Change = { state: 'complete', answer, retentionMs };
        const result = await replace({ ...held, state: 'processing' }, to, { lane: held.lane, version });
        return result === 'committed' || result === 'stale' ? result : 'fenced';
      },
      rollback: () => Promise.resolve(),
    }),
    takeLane: async (lane, owner, leaseMs) =>
      Number(await run(takeLaneScript, [laneOf(lane)], [owner, String(leaseMs)])) === 1,
    async releaseLane(lane, owner) {
      await run(releaseLaneScript, [laneOf(lane)], [owner]);
    },
    async versionOf(entity) {
      const version = await command('GET', versionOf(entity));
      return typeof version === 'string' ? version : undefined;
    },
    async list({ state, lapsed, limit }) {
      // Complete entries are not indexed: they expire by themselves, and nobody has to look at them.
      const keys = await command('ZRANGE', indexOf(state), '0', '-1');
      const listed: Found[] = [];
      for (const key of Array.isArray(keys) ? keys.map(String) : []) {
        if (listed.length === limit) break;
        const found = await find(key);
        if (found?.state === state && (lapsed !== true || found.leaseLeftMs <= 0)) listed.push(found);
      }
      return listed;
    },
    // Redis expires entries by itself.
    sweep: () => Promise.resolve(0),
    migrate: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** `[now, [field, value, …]]`, or `[now, null]` where there is no entry. */
function readFound(reply: unknown): Found | undefined {
  const parts: readonly unknown[] = Array.isArray(reply) ? reply : [];
  const [now, pairs] = parts;
  if (!Array.isArray(pairs) || pairs.length === 0) return undefined;
  const fields = new Map<string, string>();
  for (let n = 0; n + 1 < pairs.length; n += 2) fields.set(String(pairs[n]), String(pairs[n + 1]));
  const number = (name: string) => Number(fields.get(name) ?? 0);
  const status = fields.get('status');
  const expiresAt = fields.get('expiresAt');
  return {
    key: fields.get('key') ?? '',
    state: readState(fields.get('state')),
    owner: fields.get('owner') ?? '',
    attempt: number('attempt'),
    digest: fields.get('digest'),
    onCrash: fields.get('onCrash') === 'quarantine' ? 'quarantine' : 'retry',
    leaseUntil: number('leaseUntil'),
    answer:
      status === undefined
        ? undefined
        : {
            status: Number(status),
            headers: readHeaders(fields.get('headers')),
            body: Buffer.from(fields.get('body') ?? '', 'base64'),
          },
    detail: fields.get('detail'),
    createdAt: number('createdAt'),
    updatedAt: number('updatedAt'),
    expiresAt: expiresAt === undefined ? undefined : Number(expiresAt),
    leaseLeftMs: number('leaseUntil') - Number(now),
  };
}
