import type { Answer } from '../api/answer.ts';
import { viewOf, type RequestView } from '../signatures/request-view.ts';
import type { VerifiableRequest } from '../signatures/verifiable-request.ts';

export interface HandshakeContext {
  /** What the source verifies with, newest first. */
  readonly secrets: readonly string[];
  /** What a person typed at the provider: the secrets spelled `handshake:…`, without that word. */
  readonly handshakeSecrets: readonly string[];
  readonly now: Date;
}

export type HandshakeOutcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refused' }
  /** The sender hands over the secret it will sign with: kept only while an operator has opened pairing, never over another. */
  | { readonly kind: 'keep-secret'; readonly secret: string; readonly answer: Answer }
  /** The sender wants an address called, which has been checked to be its own. */
  | { readonly kind: 'call'; readonly url: string; readonly answer: Answer };

/** A request by which a sender makes sure that the address is ours, or pings it. Stores no event. */
export interface Handshake {
  readonly name: string;
  readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST';
  /** Whether the source's own verifier must accept the request first. */
  readonly isSigned: boolean;
  /** Whether it may hand over a secret: ingest may write the secrets of sources with such a handshake, and of no other. */
  readonly keepsSecret?: boolean;
  /** Undefined: the request is no such handshake. Never throws. */
  respond(view: RequestView, context: HandshakeContext): HandshakeOutcome | undefined;
}

/** The first handshake of a source that a request is; ask for the unsigned ones before verification, for the signed ones after it. */
export function findHandshake(
  handshakes: readonly Handshake[],
  request: VerifiableRequest,
  isSigned: boolean,
  context: HandshakeContext,
): (HandshakeOutcome & { readonly name: string }) | undefined {
  const view = viewOf(request);
  for (const handshake of handshakes) {
    if (handshake.method !== request.method || handshake.isSigned !== isSigned) continue;
    const outcome = handshake.respond(view, context);
    if (outcome === undefined) continue;
    const mayBe = outcome.kind !== 'keep-secret' || handshake.keepsSecret === true;
    return { ...(mayBe ? outcome : { kind: 'refused' as const }), name: handshake.name };
  }
  return undefined;
}
