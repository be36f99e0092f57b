import type { ConsumeOptions } from '../settings.ts';
import type { Secret } from '../signature.ts';
import type { VersionedEntity } from '../version.ts';

/** What a delivery's key, lane and version can be read from. */
export interface Received<Event> {
  readonly event: Event;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it was sent; absent where a body parser has eaten it. */
  readonly raw: Uint8Array | undefined;
}

export interface IdempotentOptions<Event, Db> extends ConsumeOptions<Db> {
  /** Default: the header `Idempotency-Key`, else `webhook-id`; with `secret` only `webhook-id`, since that one is signed. */
  readonly key?: (received: Received<Event>) => string | undefined;
  /** Verifies Standard Webhooks signatures. Without it nothing is verified. */
  readonly secret?: Secret;
  /** How far the signed time may be from now. Default 300 s. */
  readonly toleranceSeconds?: number;
  /** A larger body is refused with 413. Default 1 MiB. */
  readonly maxBodyBytes?: number;
  /** A larger answer makes the handler's write throw. Default 16 MiB. */
  readonly maxAnswerBytes?: number;
  /** Makes the event of the parsed body (JSON, else text). What it throws is answered with 400. */
  readonly parse?: (body: unknown) => Event;
  /** Events of one lane run one at a time, across processes. */
  readonly serializeBy?: (event: Event, received: Received<Event>) => string | undefined;
  /** Drops the event, with its effects, if a newer version of its entity was committed. */
  readonly staleIf?: (event: Event, received: Received<Event>) => VersionedEntity | undefined;
}

/** What a handler gets. */
export interface Context<Event, Db, Req, Res> extends Received<Event> {
  readonly req: Req;
  readonly res: Res;
  /** Commits together with the completion, if the store is transactional. */
  readonly db: Db;
  readonly key: string;
  /** Counts from 1; a later attempt has a higher one, so it is a fencing token for calls to other systems. */
  readonly attempt: number;
  /** Aborts when the attempt's lease is lost or its time over. */
  readonly signal: AbortSignal;
}

export type Handler<Event, Db, Req, Res> = (context: Context<Event, Db, Req, Res>) => unknown;
