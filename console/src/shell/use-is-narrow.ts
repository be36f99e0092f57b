import { useSyncExternalStore } from 'react';

/** As wide as a telephone: where the design system folds its navigation away. */
const narrow = window.matchMedia('(max-width: 688px)');

export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}
