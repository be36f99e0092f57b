import { parseEntry, isAtRest, isFinal, type Entry } from '../../../functions/ledger/entry.ts';
import { ledgerTable } from '../composition.ts';
import type { AnsweredEvent, FactOf, History, Run } from '../history.ts';
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
  readonly ended: { readonly how: 'returned' | 'threw'; readonly effects: number } | undefined;
};

export type SentMessage = Placed & { readonly messageId: string; readonly isNew: boolean };

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
  readonly sent: readonly SentMessage[];
  readonly receives: readonly Receive[];
  readonly calls: readonly (Placed & { readonly run: Run })[];
}

export interface Stories {
  readonly history: History;
  readonly events: ReadonlyMap<string, Story>;
  readonly lanes: ReadonlyMap<string, readonly Story[]>;
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
  readonly calls: (Placed & { readonly run: Run })[];
}

/** Sorts the facts of a history by event. */
export function storiesOf(history: History): Stories {
  const events = new Map<string, Draft>();
  const actors = new Map<string, FactOf<'began'>>();
  const died = new Set<string>();
  const requests = new Map<number, Placed & FactOf<'request'>>();

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
        storyOf(fact.event).sent.push({ ...placed, messageId: fact.messageId, isNew: fact.isNew });
        break;
      case 'received':
        storyOf(fact.event).receives.push({ ...fact, ...placed });
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
        if (fact.table !== ledgerTable || fact.after === undefined) break;
        const { actor, commit, pk, sk, after } = fact;
        if (sk === 'EVENT') storyOf(pk).stored.push({ ...placed, item: after });
        else if (sk.startsWith('LOG#')) {
          storyOf(pk).entries.push({ ...placed, entry: parseEntry(after), actor, commit });
        } else if (sk.startsWith('NOTE#')) storyOf(pk).notes.push({ ...placed, note: after, actor, commit });
        break;
      }
      case 'purged':
      case 'operator':
      case 'policy':
      case 'expired':
      case 'healed':
      case 'swept':
        break;
    }
  });
  const lanes = Map.groupBy(events.values(), laneOf);
  return { history, events, lanes, actors, died };
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
  history.of('policy').flatMap((fact) => (fact.source === source ? [fact.policy] : []));

/** Whether an event with these rules has a say in its lane, and the lane in it. */
export const hasLaneRules = (policy: Policy): boolean =>
  policy.onExhausted === 'hold' ||
  policy.sequence !== undefined ||
  policy.version === true ||
  policy.after !== undefined;

/** A lease as true time: a process writes its own clock's. */
export function leaseEnd(stories: Stories, { entry, actor }: WrittenEntry): number {
  const until = entry.state === 'processing' ? entry.leaseUntil.getTime() : 0;
  return until - (stories.actors.get(actor)?.skewMs ?? 0);
}

/** The number that orders an event in its lane, where its source has one. */
export function sequenceOf(story: Story): number | undefined {
  const sequence = orderOf(story, 'sequence');
  return typeof sequence === 'number' ? sequence : undefined;
}

export function versionOf(story: Story): string | undefined {
  const version = orderOf(story, 'version');
  return typeof version === 'string' ? version : undefined;
}

function orderOf(story: Story, name: string): unknown {
  const order = itemOf(story)?.order;
  return typeof order === 'object' && order !== null ? Reflect.get(order, name) : undefined;
}
