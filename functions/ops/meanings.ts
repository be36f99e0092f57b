import type { EventState, FailureCause } from '../ledger/entry.ts';
import type { LaneView } from './lane-view.ts';

/** What the reasons of the attention list mean. The runbook has a section for each; a new cause does not compile until it stands here. */
export const attentionReasons: Readonly<Record<string, string>> = {
  'attempts-exhausted': 'The handler failed in every attempt.',
  'permanent-error': 'The handler said that no retry can help.',
  'at-most-once': 'The handler failed in a source that runs everything at most once.',
  quarantined: 'The attempt ended without a word: whether it had an effect is not known.',
  'lease-expired': 'The last attempt ended without a word: a timeout, no memory left, or killed.',
  'body-expired': 'It did not run while its body was kept. It cannot run any more.',
  gap: 'What it waited for did not come in time.',
  paused: 'The source is paused for more than a day: its events wait in their lanes until it is resumed.',
  breaker:
    'So many attempts failed in a row that one event at a time is tried; the others wait in their lanes.',
  'not-configured':
    'The configuration does not name this source or subscriber: its events stay as they are, and nothing runs.',
  'sweeper-late': 'The sweeper is more than five minutes late with this source.',
  'unreadable-item': 'An item of it is not one that this version can read.',
} satisfies Readonly<Record<FailureCause, string>> & Readonly<Record<string, string>>;

export const eventStates: Readonly<Record<EventState, string>> = {
  pending: 'It is stored, and has not begun.',
  processing: 'Its handler runs.',
  retrying: 'An attempt failed; the next one has its time.',
  waiting: 'It waits in its lane, and uses no attempt.',
  reopened: 'It was put back, and runs as soon as its lane lets it.',
  processed: 'It is done.',
  ignored: 'It is done: its handler left it out.',
  superseded: 'It is done without having run: a newer one of its lane was processed before it.',
  failed: 'It rests: nothing happens to it until an operator acts.',
  quarantined:
    'It rests: nothing happens to it until an operator acts. Whether it had an effect is not known.',
  discarded: 'An operator gave it up: it never runs again.',
  resolved: 'An operator closed it, and saw to its effect.',
};

export const laneStates: Readonly<Record<LaneView['state'], string>> = {
  held: 'It stands until an operator acts on the event that has the turn; what waits then runs in order.',
  turn: 'The event that has the turn runs, or will; what waits follows in order.',
  stopped:
    'It stands at the gate of its source: that is paused, has a breaker that has tripped, or a rate or slots that are used up.',
  gap: 'It waits for an event that is missing.',
  remembering: 'Nothing waits in it.',
  open: 'Nothing waits in it.',
};
