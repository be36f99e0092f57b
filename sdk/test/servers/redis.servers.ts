import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { storeContract } from '../../src/contract.ts';
import { redis } from '../../src/stores/redis.ts';
import { freshTable, given } from './given.ts';

describe('Redis store by ioredis', () => {
  const client = new Redis(given('REDIS_URL'));
  afterAll(() => client.disconnect());

  const contract = storeContract({
    open: async () => ({ store: redis(client, { prefix: `{${freshTable()}}:` }) }),
  });
  for (const { name, run } of contract) test(name, run);
});

describe('Redis store by node-redis', () => {
  const client = createClient({ url: given('REDIS_URL') });
  beforeAll(async () => {
    await client.connect();
  });
  afterAll(() => client.close());

  const contract = storeContract({
    open: async () => ({ store: redis(client, { prefix: `{${freshTable()}}:` }) }),
  });
  for (const { name, run } of contract) test(name, run);
});
