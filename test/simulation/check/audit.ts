import { attentionPartition } from '../../../functions/lane/attention.ts';
import type { Entry } from '../../../functions/ledger/entry.ts';
import { ledgerTable, stateTable } from '../composition.ts';
import { vandal } from '../damage.ts';
import type { FactOf } from '../history.ts';
import { compareVersions } from '../../../functions/lane/version.ts';
import { laneOf, versionAt, type Stories, type Story } from './stories.ts';
import type { Violation } from './violation.ts';

/** G7: every decision left an audit item, nothing was ever changed, and what failed is on the attention list. */
export function checkAudit(stories: Stories): readonly Violation[] {
  return [
    ...appendOnly(stories),
    ...[...stories.events.values()].flatMap((story) => [
      ...numbersAreWhole(story),
      ...duplicatesAreNoted(story),
      ...supersededRightly(story, stories),
    ]),
    ...operatorsAreAudited(stories),
    ...operatorsAreHeard(stories),
    ...attentionIsAsked(stories),
    ...releasesAreNoted(stories),
  ];
}

function appendOnly({ history }: Stories): readonly Violation[] {
  return history.of('written').flatMap(({ table, pk, sk, before, after, actor }): Violation[] => {
    if (table !== ledgerTable || actor === vandal) return [];
    if (before === undefined && after !== undefined) return [];
    const what = after === undefined ? 'an audit item was deleted' : 'an audit item was changed';
    return [{ guarantee: 'G7', what, details: `${pk} ${sk} by ${actor}` }];
  });
}

function numbersAreWhole({ event, entries }: Story): readonly Violation[] {
  const isWhole = entries.every(({ entry }, place) => entry.number === place + 1);
  if (isWhole) return [];
  const details = `${event}: ${entries.map(({ entry }) => entry.number).join(', ')}`;
  return [{ guarantee: 'G7', what: 'entries are not numbered one after the other', details }];
}

function duplicatesAreNoted({ event, acknowledgements, notes }: Story): readonly Violation[] {
  const answered = acknowledgements.filter(({ outcome }) => outcome.status !== 'accepted').length;
  const noted = notes.filter(({ note }) => note.what === 'duplicate').length;
  if (noted >= answered) return [];
  const details = `${event}: ${noted} notes of ${answered} duplicates`;
  return [{ guarantee: 'G7', what: 'a duplicate was answered without a note', details }];
}

/** Late is what had never begun; stale is what is older than something that was processed. Both say what they were compared to. */
function supersededRightly(story: Story, stories: Stories): readonly Violation[] {
  const { event, entries } = story;
  const lane = stories.lanes.get(laneOf(story));
  if (lane === undefined) return [];
  return entries.flatMap(({ entry, index }): Violation[] => {
    if (entry.state !== 'superseded') return [];
    const what = wrongness(story, entry, index, lane);
    return what === undefined ? [] : [{ guarantee: 'G7', what, details: event }];
  });
}

function wrongness(
  story: Story,
  entry: Extract<Entry, { state: 'superseded' }>,
  index: number,
  lane: readonly Story[],
): string | undefined {
  if (entry.comparedTo === '') return 'a superseded event does not say by what';
  const hadBegun = story.entries.some(
    (written) => written.index < index && written.entry.state === 'processing',
  );
  if (entry.reason === 'late') return hadBegun ? 'an event that had begun was called late' : undefined;
  const own = versionAt(story, index) ?? '';
  const isOlder = lane.some((other) =>
    other.entries.some(
      (written) =>
        written.entry.state === 'processed' &&
        written.index < index &&
        compareVersions(versionAt(other, written.index) ?? own, own) > 0,
    ),
  );
  return isOlder ? undefined : 'an event was called stale that was not older';
}

/** What an operator was told is what the ledger says of them. */
function operatorsAreAudited({ history, events }: Stories): readonly Violation[] {
  const items = [...events.values()].flatMap(({ entries, notes }) => [
    ...entries.map(({ actor, entry }) => ({ actor, what: entry.state })),
    ...notes.map(({ actor, note }) => ({ actor, what: note.what })),
  ]);
  return history.of('operator').flatMap(({ action, target, outcome, actor }): Violation[] => {
    const wanted = outcome === 'refused' ? 'refused' : outcome === 'done' ? audited[action] : undefined;
    if (actor === undefined || wanted === undefined) return [];
    if (items.some((item) => item.actor === actor && item.what === wanted)) return [];
    const what = "an operator's action left no audit item";
    return [{ guarantee: 'G7', what, details: `${actor}: ${action} of ${target} was ${outcome}` }];
  });
}

/** What an operator may do in which state, whatever the code believes. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  redrive: ['failed', 'quarantined', 'retrying'],
  replay: ['processed', 'ignored'],
  discard: ['failed', 'quarantined', 'retrying', 'waiting', 'reopened'],
  resolve: ['failed', 'quarantined', 'retrying'],
};

/** Nobody is refused what the state of the event allows; one whose body has expired cannot be run again. */
function operatorsAreHeard({ history, events, actors, damaged }: Stories): readonly Violation[] {
  return history.of('operator').flatMap(({ action, target, outcome, actor, at }): Violation[] => {
    const story = events.get(target);
    const began = actor === undefined ? undefined : actors.get(actor);
    if (outcome !== 'refused' || !story || !began || damaged.has(laneOf(story))) return [];
    const isAsked = story.entries.findLast((entry) => entry.at <= at);
    const isConstant = isAsked !== undefined && isAsked.at < began.at;
    const known = story.stored.findLast((stored) => stored.at <= began.at);
    const expiresAt = Number(known?.item.expiresAt) * 1000;
    const needsBody = action === 'redrive' || action === 'replay';
    // Of an event that was not stored by then there is no body either.
    const isGone = needsBody && !(expiresAt - 60_000 >= at);
    if (!isConstant || isGone || allowed[action]?.includes(isAsked.entry.state) !== true) return [];
    const what = 'an operator was refused what the state of the event allows';
    return [{ guarantee: 'G8', what, details: `${action} of ${target}, which is ${isAsked.entry.state}` }];
  });
}

const audited: Readonly<Record<string, string>> = {
  redrive: 'reopened',
  replay: 'reopened',
  discard: 'discarded',
  resolve: 'resolved',
  release: 'released',
  pause: 'paused',
  resume: 'resumed',
};

/** At every commit: failed and quarantined events are on the attention list, final and reopened ones are not. */
function attentionIsAsked({ history, events, damaged }: Stories): readonly Violation[] {
  const violations: Violation[] = [];
  const onList = new Set<string>();
  const newest = new Map<string, Entry['state']>();
  for (const commit of commitsOf(history.of('written'))) {
    const touched = new Set<string>();
    if (commit.some(({ actor }) => actor === vandal)) continue;
    for (const { table, pk, sk, after } of commit) {
      if (table === stateTable && pk.startsWith(attentionPartition(0).slice(0, -1))) {
        if (after === undefined) onList.delete(sk);
        else onList.add(sk);
        touched.add(sk);
      }
      if (table === ledgerTable && sk.startsWith('LOG#') && after !== undefined) {
        newest.set(pk, String(after.state) as Entry['state']);
        touched.add(pk);
      }
    }
    for (const event of touched) {
      const story = events.get(event);
      if (story && damaged.has(laneOf(story))) continue;
      const state = newest.get(event);
      const isWanted = state === 'failed' || state === 'quarantined';
      const isUnwanted = state !== undefined && (gone.has(state) || state === 'reopened');
      const what =
        isWanted && !onList.has(event)
          ? 'an event failed and is not on the attention list'
          : isUnwanted && onList.has(event)
            ? 'an event is on the attention list although nothing is wrong with it'
            : undefined;
      if (what !== undefined) violations.push({ guarantee: 'G7', what, details: `${event} is ${state}` });
    }
  }
  return violations;
}

const gone: ReadonlySet<string> = new Set(['processed', 'ignored', 'superseded', 'discarded', 'resolved']);

/** Whoever takes the turn from an event that is at rest but not final, and does not decide about that event with it, says so. */
function releasesAreNoted({ history }: Stories): readonly Violation[] {
  const newest = new Map<string, string>();
  return commitsOf(history.of('written')).flatMap((commit): Violation[] => {
    for (const { table, pk, sk, after } of commit) {
      if (table === ledgerTable && sk.startsWith('LOG#')) newest.set(pk, String(after?.state));
    }
    return commit.flatMap(({ table, sk, before, after, actor }): Violation[] => {
      const turn = before?.turn;
      if (table !== stateTable || sk !== 'LANE' || typeof turn !== 'string' || after?.turn === turn)
        return [];
      const state = newest.get(turn);
      if (state !== 'failed' && state !== 'quarantined') return [];
      const isNoted = commit.some(({ pk, sk: itemKey, after: item }) => {
        return pk === turn && (itemKey.startsWith('LOG#') || item?.what === 'released');
      });
      if (isNoted) return [];
      const what = 'the turn was taken from a failed event without an audit item';
      return [{ guarantee: 'G7', what, details: `${turn} by ${actor}` }];
    });
  });
}

const commitsOf = (writes: readonly FactOf<'written'>[]): readonly (readonly FactOf<'written'>[])[] => [
  ...Map.groupBy(writes, ({ commit }) => commit).values(),
];
