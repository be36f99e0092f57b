import { isClosed } from './breaker.ts';
import { readBreaker, resetBreaker } from './breakers.ts';
import { sourceKey } from './gate.ts';
import { goOn } from './go-on.ts';
import type { GateAction, GateDepsOfOperators } from './pause.ts';

export type ResetOutcome =
  | { readonly kind: 'done' }
  /** The configuration has no source of this name. */
  | { readonly kind: 'not-found' }
  /** Its breaker stops nothing. Noted. */
  | { readonly kind: 'refused' };

/** After so many meetings with probes that fail, or other operators, what stands is told. */
const mostTries = 5;

/** An operator says that the destination is back: the lanes of the source go on, a few more each minute, as after a probe that went well. */
export async function reset(
  { source, actor, reason }: GateAction,
  deps: GateDepsOfOperators,
): Promise<ResetOutcome> {
  if (!Object.hasOwn(deps.sources, source)) return { kind: 'not-found' };
  for (let tries = 1; tries <= mostTries; tries++) {
    const breaker = await readBreaker(source, deps, { isConsistent: true });
    if (breaker === undefined || !isClosed(breaker, deps.now())) break;
    const why = { actor, reason, isByOperator: true };
    if ((await resetBreaker(breaker, why, deps)) === 'moved') continue;
    await goOn(source, deps);
    return { kind: 'done' };
  }
  const why = 'its breaker stops nothing';
  await deps.ledger.note(sourceKey(source), { what: 'refused', actor, reason: `${reason} (${why})` });
  return { kind: 'refused' };
}
