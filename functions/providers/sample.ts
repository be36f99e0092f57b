import type { SigningKey } from '../signatures/sign-request.ts';
import type { Source } from '../sources/source.ts';
import type { Place } from '../signatures/place.ts';
import type { VerifiableRequest } from '../signatures/verifiable-request.ts';

/** What of a request a signature covers: its bytes, values inside the body, or nothing of it. */
export type Coverage = 'body' | 'values' | 'nothing';

/** A request as the provider would send it, but for its signature. */
export interface SampleRequest {
  readonly body: string;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly rawQuery?: string;
}

/** For trying a source before its provider is connected, and for testing its preset. */
export interface Sample {
  /** A source of the preset as a user would configure it. */
  readonly source: Source;
  readonly key: SigningKey;
  readonly covers: Coverage;
  /** Where it covers values: the paths of those it leaves out. */
  readonly uncovered?: readonly string[];
  /** Where body or query hold what proves the sender. */
  readonly proof?: readonly Place[];
  request(now: Date): SampleRequest;
  /** Where data cannot describe the scheme. Default: as the verifier's scheme says. */
  sign?(request: VerifiableRequest, key: SigningKey, now: Date): VerifiableRequest;
  /** What the request holds; without an id where that depends on the moment. */
  readonly events: readonly { readonly eventId?: string; readonly type: string; readonly lane: string }[];
}
