import { mostLetThrough, type Breaker, type BreakerRules } from './breaker.ts';
import type { GateDeps } from './gates.ts';
import { freePlaces } from './rate.ts';

/** What a source says of how many of its events run. */
export interface FlowOptions {
  readonly breaker?: Pick<BreakerRules, 'failures'>;
  readonly atMost?: { readonly perSecond?: number; readonly atOnce?: number };
}

/** So many lanes may pass an open gate now: as many as the breaker and the rate of their source let through. */
export async function allowance(
  name: string,
  { breaker: rules, atMost: { perSecond } = {} }: FlowOptions,
  breaker: Breaker | undefined,
  now: Date,
  deps: GateDeps,
): Promise<number> {
  return Math.min(
    breaker && rules ? mostLetThrough(breaker, rules, now) : Infinity,
    perSecond === undefined ? Infinity : await freePlaces(name, { perSecond }, now, deps),
  );
}
