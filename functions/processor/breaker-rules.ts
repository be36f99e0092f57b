import type { BreakerRules } from '../lane/breaker.ts';
import type { Source } from '../sources/source.ts';

const defaultProbeSeconds = 60;

/** Undefined: the source asks for no breaker. */
export const breakerRules = ({ breaker }: Pick<Source, 'breaker'>): BreakerRules | undefined =>
  breaker && { failures: breaker.failures, probeSeconds: breaker.probeSeconds ?? defaultProbeSeconds };
