import { breakerKey } from '../../../functions/lane/breaker.ts';
import { gateOf, gatePartition } from '../../../functions/lane/gate.ts';
import { ledgerTable } from '../composition.ts';
import type { FactOf } from '../history.ts';
import type { Stories, Story } from './stories.ts';
import { policiesOf } from './stories.ts';
import type { Violation } from './violation.ts';
import { limitMs, watchedTimeOf } from './watched-time.ts';

type Write = FactOf<'written'>;

const writesOf = ({ history }: Stories): readonly Write[] =>
  history.of('written').filter(({ pk, sk }) => pk === gatePartition && sk.startsWith(breakerKey('').sk));

const sourceOf = ({ sk }: Write): string => sk.slice(breakerKey('').sk.length);

interface Span {
  readonly source: string;
  readonly from: number;
  readonly to: number;
  readonly began: Write;
  readonly ended: Write | undefined;
}

/** From the write by which a breaker trips to the one that resets it. */
function trippedSpans(stories: Stories): readonly Span[] {
  const writes = writesOf(stories);
  return writes.flatMap((began, place): Span[] => {
    if (began.after?.trippedAt === undefined || began.before?.trippedAt !== undefined) return [];
    const ended = writes
      .slice(place + 1)
      .find(({ sk, after }) => sk === began.sk && after?.trippedAt === undefined);
    return [{ source: sourceOf(began), from: began.at, to: ended?.at ?? Infinity, began, ended }];
  });
}

/** When a breaker keeps events from running, tripped or asked to wait, and a while after that: few lanes at a time are let through. */
export function shutSpans(stories: Stories): readonly Pick<Span, 'source' | 'from' | 'to'>[] {
  const asked = writesOf(stories).flatMap((write) =>
    typeof write.after?.closedUntil === 'string'
      ? [{ source: sourceOf(write), from: write.at, to: Date.parse(write.after.closedUntil) }]
      : [],
  );
  return [...trippedSpans(stories), ...asked].map(({ source, from, to }) => ({
    source,
    from,
    to: to + rampMs,
  }));
}

/** One, two, four lanes in three minutes: no history has more. */
const rampMs = 3 * 60_000;

/** While a breaker is tripped one event at a time is tried, which uses up no attempt; all of it is audited; and somebody is tried. */
export function checkBreakers(stories: Stories): readonly Violation[] {
  const spans = trippedSpans(stories);
  return [
    ...[...stories.events.values()].flatMap((story) => [
      ...beginsProbesOnly(story, spans, stories),
      ...waitsAsAsked(story, stories),
      ...probesCountNothing(story),
      ...probesAreClaimed(story, stories),
    ]),
    ...claimsAreApart(stories),
    ...tripsForEnough(spans, stories),
    ...isAudited(spans, stories),
    ...somebodyIsTried(spans, stories),
  ];
}

/** Who began after it had tripped knows of it. */
function beginsProbesOnly(
  { event, source, entries }: Story,
  spans: readonly Span[],
  { actors }: Stories,
): readonly Violation[] {
  return entries.flatMap(({ entry, actor, at }): Violation[] => {
    if (entry.state !== 'processing' || entry.isProbe === true) return [];
    const began = actors.get(actor)?.at ?? -Infinity;
    if (!spans.some((span) => span.source === source && began > span.from && at < span.to)) return [];
    return [{ guarantee: 'G3', what: 'an attempt began while the breaker was tripped', details: event }];
  });
}

/** The clocks of two processes differ by so much. */
const skewMs = 2 * 4000;

/** Who began after a destination had asked to wait knows of it. */
function waitsAsAsked({ event, source, entries }: Story, stories: Stories): readonly Violation[] {
  const asked = stories.history.of('attempt-ended').flatMap(({ run, at }) => {
    const { wants } = run;
    if (wants.forAll !== true || !run.event.startsWith(`${source}#`)) return [];
    const told = writesOf(stories).find((write) => write.actor === run.actor && write.at >= at);
    return told ? [{ from: told.at, to: at + (wants.seconds ?? 0) * 1000 - skewMs }] : [];
  });
  return entries.flatMap(({ entry, actor, at }): Violation[] => {
    if (entry.state !== 'processing') return [];
    const began = stories.actors.get(actor)?.at ?? -Infinity;
    if (!asked.some(({ from, to }) => began > from && at < to)) return [];
    const what = 'an attempt began although the destination had asked to wait';
    return [{ guarantee: 'G3', what, details: event }];
  });
}

function probesCountNothing({ event, entries }: Story): readonly Violation[] {
  return entries.flatMap(({ entry }, place): Violation[] => {
    const before = entries[place - 1]?.entry;
    if (before?.state !== 'processing' || before.isProbe !== true) return [];
    if (entry.state !== 'retrying' || entry.attempt === before.attempt - 1) return [];
    return [{ guarantee: 'G2', what: 'a probe that failed used up an attempt', details: event }];
  });
}

const isClaim = ({ before, after }: Write): boolean =>
  before?.trippedAt !== undefined &&
  after?.trippedAt === before.trippedAt &&
  after.prober === undefined &&
  after.probeAt !== before.probeAt;

/** Each probe was claimed by the process that began it, and no claim is used twice. */
function probesAreClaimed({ event, entries, source }: Story, stories: Stories): readonly Violation[] {
  const claims = writesOf(stories).filter((write) => sourceOf(write) === source && isClaim(write));
  return entries.flatMap(({ entry, actor }): Violation[] => {
    if (entry.state !== 'processing' || entry.isProbe !== true) return [];
    const own = claims.filter((claim) => claim.actor === actor).length;
    const begun = entries.filter(
      (other) => other.actor === actor && other.entry.state === 'processing' && other.entry.isProbe === true,
    ).length;
    if (own >= begun) return [];
    return [{ guarantee: 'G3', what: 'a probe that nobody had claimed', details: event }];
  });
}

/** By the clocks of those who claim: a request may come late. */
const dueOf = (write: Write | undefined): number => Date.parse(String(write?.after?.probeAt));

function claimsAreApart(stories: Stories): readonly Violation[] {
  const writes = writesOf(stories);
  return writes.flatMap((claim, place): Violation[] => {
    if (!isClaim(claim)) return [];
    const before = writes.slice(0, place).findLast((other) => other.sk === claim.sk && isClaim(other));
    const source = sourceOf(claim);
    const seconds = policiesOf(stories, source).map(({ breaker }) => breaker?.probeSeconds ?? Infinity);
    const isSameTrip = before?.after?.trippedAt === claim.before?.trippedAt;
    const apartMs = dueOf(claim) - dueOf(before);
    if (!before || !isSameTrip || apartMs >= Math.min(...seconds) * 1000) return [];
    return [{ guarantee: 'G3', what: 'two probes in the time of one', details: source }];
  });
}

/** So many runs of its source had ended badly, or never ended, since the last one that went well and was told. */
function tripsForEnough(spans: readonly Span[], stories: Stories): readonly Violation[] {
  return spans.flatMap(({ source, began }): Violation[] => {
    const wanted = policiesOf(stories, source).map(({ breaker }) => breaker?.failures ?? Infinity);
    const failed = Number(began.after?.failures);
    if (failed >= Math.min(...wanted)) return [];
    return [{ guarantee: 'G3', what: 'a breaker tripped after too few failures', details: source }];
  });
}

/** Both have their note in the same commit, and the attention list knows of a trip from then on. */
function isAudited(spans: readonly Span[], { history }: Stories): readonly Violation[] {
  const written = history.of('written');
  const isNoted = ({ commit }: Write, what: string) =>
    written.some((one) => one.commit === commit && one.table === ledgerTable && one.after?.what === what);
  const isListed = ({ commit }: Write) =>
    written.some(
      (one) => one.commit === commit && one.pk.startsWith('ATTENTION#') && one.after?.reason === 'breaker',
    );
  return spans.flatMap(({ source, began, ended }): Violation[] => {
    const violations: Violation[] = [];
    if (!isNoted(began, 'tripped') || (ended !== undefined && !isNoted(ended, 'reset')))
      violations.push({ guarantee: 'G7', what: 'a breaker changed without an audit item', details: source });
    if (!isListed(began))
      violations.push({
        guarantee: 'G7',
        what: 'a breaker tripped and asked for no attention',
        details: source,
      });
    return violations;
  });
}

/** A message of a prober may be lost: the sweeper waits three minutes for it, and then names another. */
const triedWithinMs = 2 * limitMs;

/** As long as a lane waits, somebody is tried. */
function somebodyIsTried(spans: readonly Span[], stories: Stories): readonly Violation[] {
  const isWatchedOf = watchedTimeOf(stories);
  const writes = writesOf(stories);
  const pauses = stories.history
    .of('written')
    .filter(({ pk, after }) => pk === gatePartition && after?.isPaused);
  const lanes = stories.history.of('written').filter(({ sk }) => sk === 'LANE');
  return spans.flatMap(({ source, from, to, began }): Violation[] => {
    if (pauses.some(({ sk }) => sk === source)) return [];
    const claims = writes.filter((write) => write.sk === began.sk && isClaim(write)).map(({ at }) => at);
    const asked = writes.flatMap(({ sk, after }) =>
      sk === began.sk && typeof after?.closedUntil === 'string' ? [Date.parse(after.closedUntil)] : [],
    );
    const stops = lanes.filter(
      ({ after }) => after?.atGate !== undefined && gateOf(String(after.lane)) === source,
    );
    for (const { at, pk } of stops) {
      const since = Math.max(at, from, ...claims.filter((claim) => claim < to), ...asked);
      if (since + triedWithinMs > to || !isWatchedOf(source)(since, triedWithinMs)) continue;
      const still = lanes.findLast((write) => write.pk === pk && write.at < since + triedWithinMs);
      if (still?.after?.atGate !== undefined)
        return [{ guarantee: 'G8', what: 'a breaker was tripped and no event was tried', details: source }];
    }
    return [];
  });
}
