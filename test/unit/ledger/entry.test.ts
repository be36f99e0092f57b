import { describe, expect, it } from 'vitest';
import {
  following,
  isAtRest,
  isFinal,
  needsRepair,
  type Entry,
  type EventState,
} from '../../../functions/ledger/entry.ts';

describe('a state', () => {
  it('is final, at rest or neither', () => {
    const final: EventState[] = ['processed', 'ignored', 'superseded', 'discarded', 'resolved'];
    const resting: EventState[] = ['failed', 'quarantined'];
    const moving: EventState[] = ['pending', 'processing', 'retrying', 'waiting', 'reopened'];

    const all = [...final, ...resting, ...moving];
    expect(all.filter(isFinal)).toEqual(final);
    expect(all.filter(needsRepair)).toEqual(resting);
    expect(all.filter(isAtRest)).toEqual([...final, ...resting]);
  });
});

it('counts on from the newest entry, and from nothing', () => {
  const newest: Entry = {
    state: 'processed',
    at: new Date(0),
    actor: 'p',
    durationMs: 1,
    nonce: 'n',
    number: 7,
    generation: 2,
    replay: 1,
    attempt: 3,
  };

  expect(following(newest)).toEqual({ number: 8, generation: 2, replay: 1, attempt: 3 });
  expect(following(undefined)).toEqual({ number: 1, generation: 0, replay: 0, attempt: 0 });
});
