import { isFinal, type EntryState, type EventState } from './entry.ts';

/** What may follow what: the whole life of an event. An event that has no entry yet is `pending`. */
export const transitions: Readonly<Record<EventState, readonly EntryState[]>> = {
  pending: ['processing', 'waiting', 'superseded', 'failed'],
  // `processing` may follow itself: the lease ended without an outcome, and the event runs again.
  processing: [
    'processed',
    'ignored',
    'retrying',
    'failed',
    'quarantined',
    'processing',
    'waiting',
    'superseded',
  ],
  retrying: ['processing', 'waiting', 'superseded', 'failed', 'reopened', 'discarded', 'resolved'],
  // After `waiting` another one: it was handed the turn, and its source is paused.
  waiting: ['processing', 'waiting', 'superseded', 'failed', 'discarded'],
  reopened: ['processing', 'waiting', 'superseded', 'failed', 'discarded'],
  failed: ['reopened', 'discarded', 'resolved'],
  quarantined: ['reopened', 'discarded', 'resolved'],
  // Only a replay, which an operator asks for, leaves a final state.
  processed: ['reopened'],
  ignored: ['reopened'],
  superseded: [],
  discarded: [],
  resolved: [],
};

const mayBecome = (from: EventState, to: EntryState): boolean => transitions[from].includes(to);

/** @throws {TransitionError} if this state may not follow that one: no entry is better than one that no reader expects. */
export function refuseUnlessAllowed(from: EventState, to: EntryState): void {
  if (!mayBecome(from, to)) throw new TransitionError(`an event cannot become ${to} when it is ${from}`);
}

/** Something was decided that the life of an event has no place for: a mistake of whoever decided. */
class TransitionError extends Error {
  override readonly name = 'TransitionError';
}

/** What an operator may do to an event in this state. */
export const operatorMay = {
  redrive: (state: EventState): boolean => !isFinal(state) && mayBecome(state, 'reopened'),
  replay: (state: EventState): boolean => isFinal(state) && mayBecome(state, 'reopened'),
  discard: (state: EventState): boolean => mayBecome(state, 'discarded'),
  resolve: (state: EventState): boolean => mayBecome(state, 'resolved'),
} as const;
