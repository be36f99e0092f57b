import { useSyncExternalStore } from 'react';

/** Whether the operations API answers, and whoever looks. `away` and `denied` until the first answer that is one. */
export type Connection =
  | { readonly kind: 'reachable' }
  | { readonly kind: 'away' | 'denied'; readonly since: Date; readonly why: string };

let current: Connection = { kind: 'reachable' };
const listeners = new Set<() => void>();

export function noteAnswer(): void {
  if (current.kind !== 'reachable') change({ kind: 'reachable' });
}

export const noteSilence = (why: string): void => noteLoss('away', why);

/** Whoever looks was let in until now. */
export const noteDenial = (why: string): void => noteLoss('denied', why);

function noteLoss(kind: 'away' | 'denied', why: string): void {
  const since = current.kind === 'reachable' ? new Date() : current.since;
  if (current.kind === kind && current.why === why) return;
  change({ kind, since, why });
}

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => current);

function change(to: Connection): void {
  current = to;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
