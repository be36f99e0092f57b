import type * as z from 'zod';
import type { Answer, RequestOutcome } from '../api/answer.ts';
import type { WebhookEvent } from '../api/handler.ts';
import type { BodyFormat } from '../body/parse-body.ts';
import type { Handshake } from '../handshakes/handshake.ts';
import type { Verifier } from '../signatures/verifier.ts';

/** Where a value is found in an event: a path into the parsed body (`data.object.id`), `header:Name`, or a function. */
export type Field<Body = unknown> =
  string | { pick(event: WebhookEvent<Body>): string | number | Date | null | undefined }['pick'];

export type Method = 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';

/**
 * Where the events of a body are: a path to an array (`.`: the body itself), or a function that returns them, or undefined where this request is
 * one event.
 */
export type Split =
  | string
  | {
      split(body: unknown, headers: Readonly<Record<string, string>>): readonly unknown[] | undefined;
    }['split'];

export interface OrderRules<Body = unknown> {
  /** A contiguous number per entity: the next one runs, a later one waits, an earlier one is superseded. */
  readonly sequence?: Field<Body>;
  /** The first number of an entity: 1, or whatever is seen first (default 1). */
  readonly start?: 1 | 'first-seen';
  /**
   * A growing number or time per entity: an event older than the last processed one is superseded; equal is not older. An event without one
   * runs when it comes.
   */
  readonly version?: Field<Body>;
  /** Types that need others of the same entity to be final first, e.g. `{ paid: ['created'] }`. */
  readonly after?: Readonly<Record<string, readonly string[]>>;
  /** How long a gap or a missing prerequisite is waited for (default 3600 s). */
  readonly gapTimeoutSeconds?: number;
  /** What ends the wait: run what waits, or fail it (default `run`). */
  readonly onGap?: 'run' | 'fail';
}

export type Retry =
  | { readonly attempts: number; readonly delaysSeconds: readonly number[] }
  | {
      readonly attempts: number;
      readonly backoff: { readonly baseSeconds: number; readonly maxSeconds: number };
    };

type When<Body> = { when(event: WebhookEvent<Body>): boolean }['when'];

/** What a user says of a source. Everything but `verify` and `id` has a default. */
export interface SourceOptions<Body = unknown> {
  readonly verify: Verifier;
  /** Validates the parsed body; the handler gets what the schema returns. Any zod schema. */
  readonly schema?: z.ZodType<Body>;
  /** Default `['json']`. A body of another content type is refused. */
  readonly bodyFormats?: readonly BodyFormat[];
  /** How events are delivered (default `['POST']`). The body of a request that has none is the form in its query. */
  readonly methods?: readonly Method[];
  /**
   * For senders that put several events into one body. Each becomes an event of its own: the part is its body, the part's bytes as they were
   * sent its raw bytes, and the fields below are read from it. Accepted all or none; at most 10,000.
   */
  readonly split?: Split;
  /** How the sender makes sure that the address is ours, and its pings: answered, audited, not stored as events. */
  readonly handshakes?: readonly Handshake[];
  /** Stable over redeliveries. An event without it, and without the next one, is refused. */
  readonly id: Field<Body>;
  /** The id of an event that has none: `bodyHash({ within: 3600 })`. Default none in a source of your own; every preset has one. */
  readonly idOtherwise?: Field<Body>;
  /** Default, also of an event that has none: the source's name. */
  readonly type?: Field<Body>;
  /** The entity whose events run in order. Default none: each event is its own lane, as is one that has no entity. */
  readonly lane?: Field<Body>;
  /**
   * What it leaves out is `ignored` when its turn comes: no handler runs, and no subscriber gets it. One that throws fails the event for good. Default: every
   * event is wanted.
   */
  readonly when?: When<Body>;
  readonly order?: OrderRules<Body>;
  /** Default at-least-once, under one idempotency key. */
  readonly execution?: 'at-least-once' | 'at-most-once';
  /** Default 5 attempts with delays of 5, 10, 30, 60 and 120 s. */
  readonly retry?: Retry;
  /**
   * After so many failures in a row, over all lanes, no event of the source runs but one every `probeSeconds` (default 60), until one goes well. The
   * others wait in their lanes and use up no attempts. Default none.
   */
  readonly breaker?: { readonly failures: number; readonly probeSeconds?: number };
  /**
   * Over all instances of the processor: how many events may begin in a second (a whole number up to 500), and how many may run at once (up to 100). What is over
   * it waits in its lane, in the order in which it came, and uses up no attempts. Default none.
   */
  readonly atMost?: { readonly perSecond?: number; readonly atOnce?: number };
  /** What becomes of the lane when an event fails for good (default `continue`). */
  readonly onExhausted?: 'continue' | 'hold';
  /** Ends a hold by itself. Default none. */
  readonly holdForSeconds?: number;
  /** What a duplicate is answered: 200 (default; what providers count as success) or 409. */
  readonly duplicates?: { readonly status: 200 | 409 };
  /** Default none. */
  readonly rateLimit?: { readonly perMinute: number; readonly per: 'ip' | 'source' };
  /** Default 5 MiB, the most there is. API Gateway itself refuses bodies over 6 MB as Lambda gets them: 4.5 MB where they are not text. */
  readonly maxBodyBytes?: number;
  /** How long the body is kept (default 90, at least 7, longer than any hold). */
  readonly retentionDays?: number;
  /** The address registered with the provider, for senders that sign it. */
  readonly publicUrl?: string;
  /** Maps the outcome to this source's own answer. Called for accepted, duplicate and reopened requests, never for refusals. */
  readonly respond?: { respond(outcome: RequestOutcome<Body>): Answer }['respond'];
  /** Refusals without a body, for senders that look (default false: `application/problem+json`). */
  readonly emptyRefusals?: boolean;
  /**
   * What operators do not get to see of a body: paths such as `card.number`, in which `*` is any field or every item of a list. Handlers see all of it.
   * Default none.
   */
  readonly redact?: readonly string[];
  /** Name of the source whose secrets are used (default its own). */
  readonly secrets?: string;
}

/** What operators are told of who sends: how its page calls the secret, and where that page is. */
export interface Provider {
  /** Of the preset. */
  readonly name: string;
  readonly title: string;
  readonly page: string;
  readonly secret: string;
}

/** What a subscriber may have of its own; what it leaves open is as its source says. */
export interface SubscriberOptions<Body = unknown> extends Pick<
  SourceOptions<Body>,
  'execution' | 'retry' | 'onExhausted' | 'holdForSeconds' | 'breaker' | 'atMost'
> {
  /** Its own order, after that of the source. A `sequence` starts with the number that is seen first. Default none. */
  readonly order?: OrderRules<Body>;
  /** What it leaves out is `ignored` by this subscriber. One that throws fails the event for good. Default: it takes every event. */
  readonly when?: When<Body>;
  /**
   * It gets no new events. `finish`: those it has run to their end. `discard`: they are `ignored` when their turn comes. Take it out of the
   * configuration once nothing of it is left. Default: it gets new events.
   */
  readonly ending?: 'finish' | 'discard';
}

/** A source with its defaults filled in. Made by `source()` and the presets. */
export interface Source<Body = unknown>
  extends
    Required<
      Pick<
        SourceOptions,
        | 'verify'
        | 'bodyFormats'
        | 'methods'
        | 'execution'
        | 'retry'
        | 'onExhausted'
        | 'duplicates'
        | 'maxBodyBytes'
        | 'retentionDays'
      >
    >,
    Pick<
      SourceOptions,
      | 'schema'
      | 'split'
      | 'handshakes'
      | 'id'
      | 'idOtherwise'
      | 'type'
      | 'lane'
      | 'when'
      | 'order'
      | 'holdForSeconds'
      | 'breaker'
      | 'atMost'
      | 'rateLimit'
      | 'publicUrl'
      | 'respond'
      | 'emptyRefusals'
      | 'redact'
      | 'secrets'
    > {
  /** By name: what is accepted is handed on to them. Set by `withSubscribers`, as are the others of these. */
  readonly subscribers?: Readonly<Record<string, SubscriberOptions>>;
  /** It is a subscriber of that source. */
  readonly subscriberOf?: string;
  readonly ending?: SubscriberOptions['ending'];
  /** Of a preset; absent in a source of your own. */
  readonly provider?: Provider;
  /** Never there: carries the type of a body from the source to its handlers. */
  readonly [bodyType]?: { of(body: Body): void }['of'];
}

declare const bodyType: unique symbol;

/** What a source's handlers get as `event.body`. */
export type BodyOf<S extends Source> = S extends Source<infer Body> ? Body : unknown;
