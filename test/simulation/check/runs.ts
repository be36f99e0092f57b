import { isFinal, type Entry } from '../../../functions/ledger/entry.ts';
import { effectsTable } from '../composition.ts';
import { policiesOf, type Stories, type Story, type WrittenEntry } from './stories.ts';
import type { Violation } from './violation.ts';

/** G2 and G5: how often an event may run, what it takes to run again, and that effects happen exactly once. */
export function checkRuns(stories: Stories): readonly Violation[] {
  return [
    ...[...stories.events.values()].flatMap((story) => [
      ...everyRunHasItsEntry(story),
      ...everyReturnIsRecorded(story, stories),
      ...ranByItsOwnMessage(story),
      ...runsAreAllowed(story, stories),
      ...oneKeyForEachReplay(story),
    ]),
    ...keysAreNotShared(stories),
    ...effectsOnce(stories),
  ];
}

function everyRunHasItsEntry({ event, runs }: Story): readonly Violation[] {
  const seen = new Set<WrittenEntry>();
  return runs.flatMap(({ begun, run }): Violation[] => {
    const what =
      begun === undefined
        ? 'a handler ran without an entry that says so'
        : seen.has(begun)
          ? 'a handler ran twice under one entry'
          : undefined;
    if (begun) seen.add(begun);
    return what === undefined ? [] : [{ guarantee: 'G7', what, details: `${event} by ${run.actor}` }];
  });
}

/** Each time it is put back an event has a message of its own, in its place in the lane: an older one that is delivered late runs nothing. */
const ranByItsOwnMessage = ({ event, entries, receives }: Story): readonly Violation[] =>
  entries.flatMap(({ entry, actor }): Violation[] => {
    const content = receives.find((receive) => receive.actor === actor)?.content;
    if (entry.state !== 'processing' || content?.kind !== 'lane') return [];
    if (content.generation >= entry.generation) return [];
    const what = 'an event was run by a message from before it was put back';
    return [{ guarantee: 'G3', what, details: event }];
  });

/** In a healed world nothing keeps a worker from writing down that its handler has returned. */
function everyReturnIsRecorded({ event, runs, entries }: Story, { history }: Stories): readonly Violation[] {
  const healedAt = history.of('healed')[0]?.at ?? Infinity;
  return runs.flatMap(({ run, index, at, ended }): Violation[] => {
    if (at < healedAt || ended?.how !== 'returned') return [];
    const isRecorded = entries.some(
      ({ entry, actor, index: written }) =>
        actor === run.actor && written > index && (entry.state === 'processed' || entry.state === 'ignored'),
    );
    if (isRecorded) return [];
    return [{ guarantee: 'G7', what: 'a handler returned and no entry says so', details: event }];
  });
}

function runsAreAllowed(story: Story, stories: Stories): readonly Violation[] {
  const { event, entries, runs } = story;
  const policies = policiesOf(stories, story.source);
  const isAtMostOnce = policies.some(({ execution }) => execution === 'at-most-once');
  const most = isAtMostOnce ? 1 : Math.max(...policies.map(({ attempts }) => attempts));
  const violations: Violation[] = [];
  const complain = (guarantee: 'G2' | 'G5', what: string, details: string) =>
    violations.push({ guarantee, what, details: `${event}: ${details}` });
  let runsSince = 0;

  entries.forEach((written, place) => {
    const { entry } = written;
    const before = entries[place - 1]?.entry;
    const wasFinal = before !== undefined && isFinal(before.state);
    if (wasFinal && !(entry.state === 'reopened' && entry.by === 'replay')) {
      complain('G2', 'something happened to an event after its end', `${entry.state} after ${before.state}`);
    }
    if (entry.state === 'reopened') {
      runsSince = 0;
      if (entry.by === 'replay' && !wasFinal) complain('G2', 'an unfinished event was replayed', '');
      const hasBegun = entries.slice(0, place).some((earlier) => earlier.entry.state === 'processing');
      if (entry.by === 'redelivery' && isAtMostOnce && hasBegun) {
        complain('G5', 'an at-most-once event was run again because it was delivered again', '');
      }
      const wasAtRest = before?.state === 'failed' || before?.state === 'quarantined';
      const mayBe = wasAtRest || (entry.by === 'redrive' && before?.state === 'retrying');
      if (entry.by !== 'replay' && !mayBe) {
        complain('G2', 'an event was put back that had not failed', `it was ${before?.state}`);
      }
      if (entry.actor === 'sqs' && !wasMoved(story, written, entry.number - 1)) {
        complain(
          'G2',
          'a failed event ran again though no operator had moved its letter',
          `entry ${entry.number}`,
        );
      }
    }
    if (entry.state !== 'processing') return;
    if (before?.state === 'retrying') {
      const skewMs = 2 * (stories.actors.get(written.actor)?.skewMs ?? 0);
      const earlyMs = before.nextAt.getTime() - entry.at.getTime();
      if (earlyMs > Math.abs(skewMs) + 9000)
        complain('G2', 'a retry did not wait for its delay', `${earlyMs} ms`);
    }
    // A run that ended by waiting for another event is no attempt.
    const next = entries[place + 1];
    const waits = next?.entry.state === 'waiting' && next.actor === written.actor;
    const own = runs.filter(({ begun }) => begun === written);
    // A probe that did not settle its event is none either.
    const isUncounted = entry.isProbe === true && next !== undefined && !settles.has(next.entry.state);
    if (!waits && !isUncounted) runsSince += own.length;
    else if (waits && own.some(({ ended }) => ended?.how !== 'waits')) {
      complain('G2', 'an attempt parked whose handler had not asked for it', `entry ${entry.number}`);
    }
    if (runsSince > most) {
      const guarantee = isAtMostOnce ? 'G5' : 'G2';
      complain(guarantee, 'a handler ran more often than its attempts', `${runsSince} runs of ${most}`);
    }
  });
  return violations;
}

const settles: ReadonlySet<string> = new Set(['processed', 'ignored', 'failed', 'quarantined']);

/**
 * Whether, before this entry, a message of that entry's letter came that no function had sent: an operator had moved it. Where a poller
 * sat on the first letter, that one may come after the moved one; then they change their parts, and still one move is one redrive.
 */
function wasMoved({ letters }: Story, { index }: WrittenEntry, entry: number): boolean {
  const ours = new Set(
    letters.sent.flatMap((sent) => (sent.actor === 'an operator' ? [] : [sent.messageId])),
  );
  return letters.received.some(
    (received) => received.index < index && received.content.entry === entry && !ours.has(received.messageId),
  );
}

/** One idempotency key an event and replay, in every run and every call to other systems. */
function oneKeyForEachReplay({ event, runs }: Story): readonly Violation[] {
  const keys = new Map<number, Set<string>>();
  for (const { run, begun } of runs) {
    const replay = begun?.entry.replay ?? 0;
    keys.set(replay, (keys.get(replay) ?? new Set()).add(run.idempotencyKey));
  }
  const distinct = new Set(runs.map(({ run }) => run.idempotencyKey));
  const isWrong = [...keys.values()].some(({ size }) => size !== 1) || distinct.size !== keys.size;
  if (!isWrong) return [];
  const details = `${event}: ${distinct.size} keys in ${keys.size} replays`;
  return [{ guarantee: 'G5', what: 'the idempotency key changed, or did not change by a replay', details }];
}

function keysAreNotShared(stories: Stories): readonly Violation[] {
  const owner = new Map<string, string>();
  return stories.history.of('attempt-started').flatMap(({ run }): Violation[] => {
    const first = owner.get(run.idempotencyKey) ?? run.event;
    owner.set(run.idempotencyKey, first);
    if (first === run.event) return [];
    const details = `${first} and ${run.event}`;
    return [{ guarantee: 'G5', what: 'two events share an idempotency key', details }];
  });
}

/** Every effect was written once, in the commit of an entry that says so; every such entry has all its effects. */
function effectsOnce(stories: Stories): readonly Violation[] {
  const violations: Violation[] = [];
  const commits = Map.groupBy(
    stories.history.of('written').filter(({ table }) => table === effectsTable),
    ({ commit }) => commit,
  );
  for (const [commit, writes] of commits) {
    for (const { pk, after } of writes) {
      const story = stories.events.get(pk);
      const settled = story?.entries.find((entry) => entry.commit === commit);
      if (settled?.entry.state !== 'processed') {
        const what = 'effects were written without the entry that says so';
        violations.push({ guarantee: 'G5', what, details: pk });
      }
      if (after?.hits !== 1)
        violations.push({ guarantee: 'G5', what: 'effects happened twice', details: pk });
    }
  }
  for (const { event, entries, runs } of stories.events.values()) {
    for (const { entry, actor, commit, index } of entries) {
      if (entry.state !== 'processed' || isHandedOn(entry)) continue;
      const run = runs.findLast((started) => started.run.actor === actor && started.index < index);
      const written = commits.get(commit)?.length ?? 0;
      const planned = run?.ended?.effects;
      if (planned !== written) {
        const details = `${event}: ${written} of ${planned ?? 'no'} effects`;
        violations.push({ guarantee: 'G5', what: 'an entry says processed without its effects', details });
      }
    }
  }
  return violations;
}

/** No handler of its own has run it. */
const isHandedOn = ({ result }: Extract<Entry, { state: 'processed' }>): boolean =>
  typeof result === 'object' && result !== null && 'subscribers' in result;
