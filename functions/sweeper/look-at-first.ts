import { after } from '../lane/due.ts';
import { readEventInLane, type EventInLane } from '../lane/event-in-lane.ts';
import type { Lane } from '../lane/lane.ts';
import type { EventKey } from '../ledger/keys.ts';
import type { Source } from '../sources/source.ts';
import type { Indexed } from './cursor.ts';
import { decideRecovery, sentUntil, type Recovery } from './decide-recovery.ts';
import type { SweepRun } from './deps.ts';
import { firstUnfinished, notBegunBehind } from './first-unfinished.ts';
import type { EntryVersion } from './send-again.ts';

const minuteSeconds = 60;

/** A lane whose events are looked at. */
export interface Watched {
  readonly name: string;
  readonly sourceName: string;
  readonly source: Source;
  readonly lane: Lane | undefined;
  /** Events accepted before are at rest, or parked. */
  readonly from: Date;
}

export type Look =
  /** No event needs a look: all are at rest or parked, or have the turn, which is checked by itself. */
  | { readonly kind: 'nothing-left' }
  /** To be looked at again, from that event on. */
  | { readonly kind: 'later'; readonly from: Date; readonly at: Date }
  /** Their messages are lost: those of the first one, and where that has not begun, of others behind it that have not either. */
  | {
      readonly kind: 'lost';
      readonly from: Date;
      readonly events: readonly Indexed[];
      readonly version: EntryVersion;
    };

interface LookOptions {
  /** It has the turn, and is left out. */
  readonly turn?: EventKey;
  /** What has not begun could not run before (default: as soon as the event before it was at rest). */
  readonly notBefore?: Date;
  /** What was sent of the events that are looked at. */
  readonly sent: readonly Lane['sent'][];
}

/** Looks at the first event of a lane that is neither at rest nor parked. */
export async function lookAtFirst(
  { name, sourceName, source, lane, from }: Watched,
  { turn, notBefore, sent }: LookOptions,
  deps: SweepRun,
): Promise<Look> {
  const found = await firstUnfinished(name, from, deps, turn);
  const soon = after(deps.now(), minuteSeconds);
  if (found.kind === 'all-at-rest') return { kind: 'nothing-left' };
  if (found.kind === 'go-on') return { kind: 'later', from: found.from, at: soon };

  const { event, freeSince } = found;
  const first = await readEventInLane(event.pk, sourceName, source, deps);
  const acceptedAt = new Date(event.acceptedAt);
  const since = latest(acceptedAt, freeSince, notBefore);
  const standsInLine = first.newest === undefined && deps.standsInLine(name, acceptedAt);
  const recovery = recoveryOf(first, { acceptedAt, since, standsInLine }, lane, sent, deps);
  // Where only an operator or a hold can move it on, it has come to rest between the two reads.
  if (recovery.kind !== 'send')
    return { kind: 'later', from: acceptedAt, at: (recovery.kind === 'later' && recovery.at) || soon };
  const { number: entry = 0, generation = 0 } = first.newest ?? {};
  const behind = first.newest ? [] : await notBegunBehind(name, event, deps);
  return { kind: 'lost', from: acceptedAt, events: [event, ...behind], version: { entry, generation } };
}

const latest = (first: Date, ...others: readonly (Date | undefined)[]): Date =>
  others.reduce<Date>((a, b) => (b !== undefined && b > a ? b : a), first);

interface Waited {
  readonly acceptedAt: Date;
  readonly since: Date;
  readonly standsInLine: boolean;
}

/** `sent`: what the lane remembers of what was sent of it. */
export function recoveryOf(
  { newest, rules }: EventInLane,
  { acceptedAt, since, standsInLine }: Waited,
  lane: Lane | undefined,
  sent: readonly Lane['sent'][],
  { now, visibilityTimeoutSeconds }: SweepRun,
): Recovery {
  const event = { entry: newest?.number ?? 0, acceptedAt };
  const until = sent.flatMap((memory) => sentUntil(memory, event) ?? []);
  return decideRecovery(
    {
      newest,
      since,
      lane,
      rules,
      visibilityTimeoutSeconds,
      standsInLine,
      sentUntil: until.length > 0 ? latest(new Date(0), ...until) : undefined,
    },
    now(),
  );
}
