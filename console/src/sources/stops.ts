import type { Source } from '../api/wire.ts';

type Breaker = NonNullable<Source['breaker']>;
type Pause = { readonly [field in keyof NonNullable<Source['paused']>]?: string | undefined };

/** What keeps the events of a source waiting in their lanes. Each has an end of its own: one that is paused may have tripped as well. */
export type Stop =
  | ({ readonly kind: 'paused' } & Pause)
  | {
      readonly kind: 'tripped';
      readonly breaker: Breaker;
      readonly since: string;
      readonly isPaused: boolean;
    }
  | { readonly kind: 'asked-to-wait'; readonly until: string };

/** Those of a source, the one that an operator made first. */
export function stopsOf(
  { paused, breaker }: { readonly paused?: Pause | undefined; readonly breaker?: Breaker | undefined },
  now: number,
): readonly Stop[] {
  const stops: Stop[] = paused === undefined ? [] : [{ kind: 'paused', ...paused }];
  if (breaker?.trippedAt !== undefined)
    stops.push({ kind: 'tripped', breaker, since: breaker.trippedAt, isPaused: paused !== undefined });
  else if (breaker?.closedUntil !== undefined && Date.parse(breaker.closedUntil) > now)
    stops.push({ kind: 'asked-to-wait', until: breaker.closedUntil });
  return stops;
}
