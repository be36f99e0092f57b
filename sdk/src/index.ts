/** The public interface of `@hooklane/consumer`. */
export { idempotent, type NodeHandler } from './http/node.ts';
export { idempotentFetch, idempotentHono, type FetchHandler, type HonoContext } from './http/fetch.ts';
export { idempotentFastify, type FastifyRequestLike } from './http/fastify.ts';
export { idempotentLambda, type LambdaHttpEvent, type LambdaHttpResult } from './http/lambda.ts';
export { idempotentSqs, type SqsBatchResponse, type SqsOptions, type SqsRecord } from './sqs.ts';
export { createOnce, type OnceContext, type OnceInput, type OnceOutcome } from './once.ts';
export type { Context, Handler, IdempotentOptions, Received } from './http/options.ts';
export type { ConsumeOptions, Trace } from './settings.ts';
export type { Answer, HandlerResult } from './answer.ts';
export type { PolicyOptions, OnThrow } from './policy.ts';
export type { ConsumerEvent, OnEvent } from './event-log.ts';
export type { Secret } from './signature.ts';
export type { VersionedEntity } from './version.ts';
export type { Outcome } from './outcome.ts';
export { postgres, postgresSchema, type PostgresOptions } from './stores/postgres.ts';
export type { PostgresDb } from './stores/postgres-work.ts';
export type { PgClient, PgPool, PgResult } from './stores/postgres-client.ts';
export { sqlite, sqliteSchema, type SqliteDb, type SqliteOptions } from './stores/sqlite.ts';
export { mysql, mysqlSchema, type MysqlDb, type MysqlOptions } from './stores/mysql.ts';
export { redis, type RedisOptions } from './stores/redis.ts';
export { dynamodb, type DynamoDb, type DynamoDbOptions } from './stores/dynamodb.ts';
export { memory, type MemoryDb, type MemoryStore } from './stores/memory.ts';
export type { Entry, Found, OnCrash, State } from './entry.ts';
export type {
  Change,
  Committed,
  Completion,
  EntityVersion,
  FirstClaim,
  Held,
  ListQuery,
  Seen,
  Store,
  Work,
} from './store.ts';
export {
  list,
  quarantineLapsed,
  resolve,
  retry,
  startSweeper,
  sweep,
  type ListedState,
  type Repaired,
} from './repair.ts';
export { openTelemetry, type OpenTelemetryApi } from './telemetry.ts';
