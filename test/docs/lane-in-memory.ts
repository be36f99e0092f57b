import type { TransactItem } from '../../functions/api/handler.ts';
import type { LaneStore } from '../../functions/lane/lane-store.ts';
import type { WaitItem } from '../../functions/lane/lane.ts';

const inOrder = (a: WaitItem, b: WaitItem) => (a.position < b.position ? -1 : 1);

/** The WAIT items of one lane, for moves that are made one at a time: versions are written and never compared. */
export function laneInMemory(before: readonly WaitItem[]) {
  const waits = new Map(before.map((waiting) => [waiting.position, waiting]));
  const effects = new Map<TransactItem, () => void>();
  const itemThat = (effect: () => void): TransactItem => {
    const item: TransactItem = { Delete: { TableName: 'state', Key: {} } };
    effects.set(item, effect);
    return item;
  };

  const lanes: LaneStore = {
    read: () => Promise.reject(new Error('whoever makes a move has read the lane')),
    readGroup: () => Promise.reject(new Error('whoever makes a move has read the lane')),
    async *waiting() {
      yield* [...waits.values()].sort(inOrder);
    },
    change: () => ({ item: itemThat(() => undefined), version: 'version' }),
    park: (_, waiting) => itemThat(() => waits.set(waiting.position, waiting)),
    unpark: (_, position) => itemThat(() => waits.delete(position)),
    staysOpen: () => itemThat(() => undefined),
    lookAtGate: () => itemThat(() => undefined),
    commit: () => Promise.reject(new Error('moves are applied by `after`')),
    askForHelp: () => Promise.reject(new Error('every item can be read')),
  };

  return {
    lanes,
    /** The WAIT items once these items have committed. */
    after(items: readonly TransactItem[]): readonly WaitItem[] {
      for (const item of items) effects.get(item)?.();
      return [...waits.values()].sort(inOrder);
    },
  };
}
