import { findHandshake } from '../handshakes/handshake.ts';
import { canBeKept, type KeepSecret } from '../secrets/pairing.ts';
import type { SourceSecrets } from '../secrets/secret-store.ts';
import type { Source } from '../sources/source.ts';
import type { HttpRequest } from './http-request.ts';
import type { Outcome } from './outcome.ts';
import { reaching } from './unreachable.ts';
import { verifiable } from './verify-request.ts';

export interface HandshakeDeps {
  readonly secrets: SourceSecrets;
  readonly keepSecret: KeepSecret;
  /** Calls an address that a handshake has checked to be its sender's own. Rejects unless it answers with success. */
  readonly callBack: (url: string) => Promise<void>;
  readonly now: () => Date;
}

/** Whether events of a source are delivered by this method. */
export const deliversBy = (method: string, { methods }: Source): boolean =>
  methods.some((one) => one === method);

/** Whether a source has events or a handshake that come by this method. */
export const takesMethod = (method: string, source: Source): boolean =>
  deliversBy(method, source) || (source.handshakes ?? []).some((one) => one.method === method);

/**
 * The answer to a request by which a sender tries the address; undefined where this is none. Those that are not signed are asked for
 * before verification, the signed ones after it.
 */
export async function answerHandshake(
  request: HttpRequest,
  source: Source,
  when: 'before-verification' | 'after-verification',
  deps: HandshakeDeps,
): Promise<Extract<Outcome, { kind: 'handshake' | 'refused' }> | undefined> {
  const isSigned = when === 'after-verification';
  const possible = (source.handshakes ?? []).filter(
    (one) => one.isSigned === isSigned && one.method === request.method,
  );
  if (possible.length === 0) return undefined;

  const { secrets, callBack, now } = deps;
  const owner = source.secrets ?? request.sourceName;
  // A source that verifies without a secret has none, and ingest no permission to ask for it.
  const reads = source.verify.needsSecret ? [secrets.read(owner), secrets.readForHandshake(owner)] : [];
  const [known = [], handshakeSecrets = []] = await reaching('secrets', Promise.all(reads));
  const context = { secrets: known, handshakeSecrets, now: now() };
  const outcome = findHandshake(possible, verifiable(request, source), isSigned, context);
  switch (outcome?.kind) {
    case undefined:
      return undefined;
    case 'answer':
      return { kind: 'handshake', name: outcome.name, answer: outcome.answer };
    case 'call':
      await reaching('sender', callBack(outcome.url));
      return { kind: 'handshake', name: outcome.name, answer: outcome.answer };
    case 'keep-secret':
      return (await pair(owner, outcome.secret, deps))
        ? { kind: 'handshake', name: outcome.name, answer: outcome.answer }
        : { kind: 'refused', cause: 'handshake-refused' };
    case 'refused':
      return { kind: 'refused', cause: 'handshake-refused' };
  }
}

/** Anybody can send a secret: it is kept only while an operator has opened pairing. A flood of them costs no more than one of bad signatures. */
async function pair(owner: string, secret: string, deps: HandshakeDeps): Promise<boolean> {
  const { secrets, keepSecret, now } = deps;
  if (!canBeKept(secret) || !(await reaching('secrets', secrets.isPairing(owner)))) return false;
  const kept = await reaching('secrets', keepSecret(owner, secret, now()));
  // Pairing is over, whether this secret was kept or another one.
  secrets.forget(owner);
  return kept === 'kept';
}
