import { isFinal, type Entry, type EventState } from '../ledger/entry.ts';
import type { Purpose } from '../lane/lane-message.ts';
import type { Source } from '../sources/source.ts';

/** What another copy of a stored event does. */
export type ReopenDecision =
  /** Nothing: it is in good hands, or at its end. `result` is what the handler returned. */
  | { readonly kind: 'answer'; readonly state: EventState; readonly result?: unknown }
  /** The message was promised and may not have been sent: the same again, which the queue drops if it was. */
  | {
      readonly kind: 'send-again';
      readonly state: 'pending' | 'reopened';
      readonly generation: number;
      readonly purpose: Purpose;
    }
  /** It failed before: the sender asks for another try. */
  | { readonly kind: 'reopen'; readonly newest: Entry };

/** `isExpired`: the time of the stored body is over. The table forgets it some days later; the processor would refuse it. */
export function decideReopen(
  newest: Entry | undefined,
  { execution, isExpired }: Pick<Source, 'execution'> & { readonly isExpired: boolean },
): ReopenDecision {
  if (!newest) return { kind: 'send-again', state: 'pending', generation: 0, purpose: 'first' };
  const { state, generation } = newest;
  if (state === 'processed') return { kind: 'answer', state, result: newest.result };
  if (isFinal(state)) return { kind: 'answer', state };
  switch (state) {
    case 'reopened':
      return {
        kind: 'send-again',
        state,
        generation,
        purpose: newest.by === 'replay' ? 'replay' : 'reopened',
      };
    case 'failed':
    case 'quarantined':
      return execution === 'at-most-once' || isExpired
        ? { kind: 'answer', state }
        : { kind: 'reopen', newest };
    case 'processing':
    case 'retrying':
    case 'waiting':
      return { kind: 'answer', state };
  }
}
