import { useSyncExternalStore } from 'react';

/** Whether the operations API answers. `away` until the first answer that is one. */
export type Connection =
  { readonly kind: 'reachable' } | { readonly kind: 'away'; readonly since: Date; readonly why: string };

let current: Connection = { kind: 'reachable' };
const listeners = new Set<() => void>();

export function noteAnswer(): void {
  if (current.kind === 'away') change({ kind: 'reachable' });
}

export function noteSilence(why: string): void {
  const since = current.kind === 'away' ? current.since : new Date();
  if (current.kind === 'away' && current.why === why) return;
  change({ kind: 'away', since, why });
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
