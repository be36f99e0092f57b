import { laneGroup } from '../../../functions/lane/lane-group.ts';
import { parseEntry, isAtRest, isFinal, type Entry } from '../../../functions/ledger/entry.ts';
import { ledgerTable } from '../composition.ts';
import { vandal } from '../damage.ts';
import type { AnsweredEvent, Ending, FactOf, History, Run } from '../history.ts';
import type { Content } from '../message-content.ts';
import type { Item } from '../dynamodb/items.ts';
import type { Policy } from '../scenario.ts';

/** Something with its place among all facts: what has the smaller `index` happened first. */
export interface Placed {
  readonly index: number;
  readonly at: number;
}

export type WrittenEntry = Placed & {
  readonly entry: Entry;
  readonly actor: string;
  readonly commit: number;
};
export type WrittenNote = Placed & { readonly note: Item; readonly actor: string; readonly commit: number };

export interface Acknowledgement {
  /** The process that answered. */
  readonly actor: string;
  readonly arrived: Placed;
  readonly answered: Placed;
  readonly outcome: AnsweredEvent;
}

export type StartedRun = Placed & {
  readonly run: Run;
  /** Its `processing` entry. */
  readonly begun: WrittenEntry | undefined;
  readonly ended: { readonly how: Ending; readonly effects: number } | undefined;
};

export type SentMessage = Placed & FactOf<'sent'>;
export type LetterContent = Extract<Content, { kind: 'letter' }>;

/** A letter on its way or in the dead-letter queue. */
export type Letter = Placed & { readonly messageId: string; readonly content: LetterContent };

export type Receive = Placed & FactOf<'received'>;

/** All that is known from outside of one event. */
export interface Story {
  readonly event: string;
  readonly source: string;
  /** As first stored; several where the body expired and came again. */
  readonly stored: readonly (Placed & { readonly item: Item })[];
  readonly entries: readonly WrittenEntry[];
  readonly notes: readonly WrittenNote[];
  readonly arrivals: readonly Placed[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly runs: readonly StartedRun[];
  /** Messages of the lane queue. */
  readonly sent: readonly SentMessage[];
  /** Of the lane queue. */
  readonly receives: readonly Receive[];
  readonly letters: {
    readonly sent: readonly (Letter & { readonly isNew: boolean; readonly actor: string })[];
    /** In the feeder, or in the lane queue where an operator moved them there. */
    readonly received: readonly (Letter & { readonly actor: string | undefined })[];
    readonly deadLettered: readonly Letter[];
    readonly left: readonly Letter[];
  };
  readonly calls: readonly (Placed & { readonly run: Run })[];
}

export interface Stories {
  readonly history: History;
  readonly events: ReadonlyMap<string, Story>;
  readonly lanes: ReadonlyMap<string, readonly Story[]>;
  /** Lanes in which something was made unreadable: what happens in them is another story. */
  readonly damaged: ReadonlySet<string>;
  /** What a process knew when it began. */
  readonly actors: ReadonlyMap<string, FactOf<'began'>>;
  readonly died: ReadonlySet<string>;
}

interface Draft extends Story {
  readonly stored: (Placed & { readonly item: Item })[];
  readonly entries: WrittenEntry[];
  readonly notes: WrittenNote[];
  readonly arrivals: Placed[];
  readonly acknowledgements: Acknowledgement[];
  readonly runs: (StartedRun & { ended: StartedRun['ended'] })[];
  readonly sent: SentMessage[];
  readonly receives: Receive[];
  readonly letters: {
    readonly sent: (Letter & { isNew: boolean; actor: string })[];
    readonly received: (Letter & { actor: string | undefined })[];
    readonly deadLettered: Letter[];
    readonly left: Letter[];
  };
  readonly calls: (Placed & { readonly run: Run })[];
}

/** Sorts the facts of a history by event. */
export function storiesOf(history: History): Stories {
  const events = new Map<string, Draft>();
  const actors = new Map<string, FactOf<'began'>>();
  const died = new Set<string>();
  const requests = new Map<number, Placed & FactOf<'request'>>();
  const damagedItems: FactOf<'damaged'>[] = [];

  const storyOf = (event: string): Draft => {
    const known = events.get(event);
    if (known) return known;
    const source = event.slice(0, event.indexOf('#'));
    const story: Draft = {
      event,
      source,
      stored: [],
      entries: [],
      notes: [],
      arrivals: [],
      acknowledgements: [],
      runs: [],
      sent: [],
      receives: [],
      letters: { sent: [], received: [], deadLettered: [], left: [] },
      calls: [],
    };
    events.set(event, story);
    return story;
  };

  history.facts.forEach((fact, index) => {
    const placed = { index, at: fact.at };
    switch (fact.kind) {
      case 'request':
        requests.set(fact.request, { ...placed, ...fact });
        for (const event of fact.events) storyOf(event).arrivals.push(placed);
        break;
      case 'answer': {
        const arrived = requests.get(fact.request);
        if (!arrived) break;
        const { actor, source } = arrived;
        for (const outcome of fact.outcomes) {
          const acknowledgement = { actor, arrived, answered: placed, outcome };
          storyOf(`${source}#${outcome.eventId}`).acknowledgements.push(acknowledgement);
        }
        break;
      }
      case 'sent':
        if (fact.event === undefined) break;
        if (fact.content.kind === 'letter') {
          storyOf(fact.event).letters.sent.push({ ...fact, ...placed, content: fact.content });
        } else if (fact.queue === 'lanes') storyOf(fact.event).sent.push({ ...fact, ...placed });
        break;
      case 'received':
        if (fact.event === undefined) break;
        if (fact.content.kind === 'letter') {
          storyOf(fact.event).letters.received.push({ ...fact, ...placed, content: fact.content });
        } else if (fact.queue === 'lanes') storyOf(fact.event).receives.push({ ...fact, ...placed });
        break;
      case 'dead-lettered':
      case 'left-dead': {
        const { content, messageId } = fact;
        if (content.kind !== 'letter') break;
        const { deadLettered, left } = storyOf(content.event).letters;
        (fact.kind === 'dead-lettered' ? deadLettered : left).push({ ...placed, messageId, content });
        break;
      }
      case 'damaged':
        damagedItems.push(fact);
        break;
      case 'attempt-started': {
        const story = storyOf(fact.run.event);
        const begun = story.entries.findLast(
          ({ entry, actor }) => entry.state === 'processing' && actor === fact.run.actor,
        );
        story.runs.push({ ...placed, run: fact.run, begun, ended: undefined });
        break;
      }
      case 'attempt-ended': {
        const run = storyOf(fact.run.event).runs.find((started) => started.run === fact.run);
        if (run) run.ended = fact;
        break;
      }
      case 'outside-call':
        storyOf(fact.run.event).calls.push({ ...placed, run: fact.run });
        break;
      case 'began':
        actors.set(fact.actor, fact);
        break;
      case 'died':
        died.add(fact.actor);
        break;
      case 'written': {
        if (fact.table !== ledgerTable || fact.after === undefined || fact.actor === vandal) break;
        const { actor, commit, pk, sk, after } = fact;
        if (sk === 'EVENT') storyOf(pk).stored.push({ ...placed, item: after });
        else if (sk.startsWith('LOG#')) {
          storyOf(pk).entries.push({ ...placed, entry: parseEntry(after), actor, commit });
        } else if (sk.startsWith('NOTE#') || sk.startsWith('LETTER#')) {
          storyOf(pk).notes.push({ ...placed, note: after, actor, commit });
        }
        break;
      }
      case 'answered':
      case 'hidden':
      case 'mended':
      case 'moved':
      case 'purged':
      case 'operator':
      case 'paused':
      case 'unheard':
      case 'policy':
      case 'expired':
      case 'healed':
      case 'outage':
      case 'refused':
      case 'swept':
      case 'sweep-failed':
        break;
    }
  });
  const lanes = Map.groupBy(events.values(), laneOf);
  const damaged = new Set(
    [...lanes].flatMap(([lane, stories]) => {
      const keys = new Set([`LANE#${laneGroup(lane)}`, ...stories.map(({ event }) => event)]);
      return damagedItems.some(({ pk }) => keys.has(pk)) ? [lane] : [];
    }),
  );
  for (const lane of damaged) lanes.delete(lane);
  return { history, events, lanes, damaged, actors, died };
}

/** What was stored when the event began: a body that expired before that may have come again as another one. */
export function itemOf({ stored, entries }: Story): Item | undefined {
  const begun = entries[0]?.index ?? Infinity;
  return (stored.findLast(({ index }) => index < begun) ?? stored[0])?.item;
}

/** As it was stored; an event whose lane is not in its item is its own lane. */
export function laneOf(story: Story): string {
  const lane = itemOf(story)?.lane;
  return typeof lane === 'string' ? lane : story.event;
}

/** The newest entry at a moment. */
export const newestAt = ({ entries }: Story, index: number): WrittenEntry | undefined =>
  entries.findLast((entry) => entry.index <= index);

/** What is written of a LANE, in order. */
export function laneWrites(lane: string, { history }: Stories): readonly FactOf<'written'>[] {
  const pk = `LANE#${laneGroup(lane)}`;
  return history.of('written').filter((write) => write.sk === 'LANE' && write.pk === pk);
}

/** When the process that wrote this had been given its message. */
export const receivedBy = ({ receives }: Story, { actor }: WrittenEntry): number =>
  receives.find((receive) => receive.actor === actor)?.index ?? Infinity;

export const firstRest = ({ entries }: Story): WrittenEntry | undefined =>
  entries.find(({ entry }) => isAtRest(entry.state));

export const firstStart = ({ entries }: Story): WrittenEntry | undefined =>
  entries.find(({ entry }) => entry.state === 'processing');

export const isFinalEntry = ({ entry }: WrittenEntry): boolean => isFinal(entry.state);

/** Rules that a process went by. */
export const policyOf = (stories: Stories, actor: string, source: string): Policy | undefined =>
  stories.actors.get(actor)?.policies[source];

/** Of a source, those that were ever in force. */
export const policiesOf = ({ history }: Stories, source: string): readonly Policy[] =>
  history.of('policy').flatMap((fact) => (fact.source === source && fact.policy ? [fact.policy] : []));

/** A lease as true time: a process writes its own clock's. */
export function leaseEnd(stories: Stories, { entry, actor }: WrittenEntry): number {
  const until = entry.state === 'processing' ? entry.leaseUntil.getTime() : 0;
  return until - (stories.actors.get(actor)?.skewMs ?? 0);
}

/** The number that orders an event in its lane, where its source has one. */
export function sequenceOf(story: Story): number | undefined {
  const sequence = orderIn(itemOf(story), 'sequence');
  return typeof sequence === 'number' ? sequence : undefined;
}

export const versionOf = (story: Story): string | undefined => versionIn(itemOf(story));

/** Of the body that it had by then: one that came again may say another. */
export const versionAt = (story: Story, before: number): string | undefined =>
  versionIn(story.stored.findLast(({ index }) => index < before)?.item);

function versionIn(item: Item | undefined): string | undefined {
  const version = orderIn(item, 'version');
  return typeof version === 'string' ? version : undefined;
}

function orderIn(item: Item | undefined, name: string): unknown {
  const order = item?.order;
  return typeof order === 'object' && order !== null ? Reflect.get(order, name) : undefined;
}
