import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useSyncExternalStore } from 'react';

/** All that the console keeps in the browser. */
export type Appearance = 'system' | 'light' | 'dark';

const key = 'hooklane-console-appearance';
const listeners = new Set<() => void>();
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
systemIsDark.addEventListener('change', applyPreferences);

export function applyPreferences(): void {
  const appearance = stored();
  const isDark = appearance === 'dark' || (appearance === 'system' && systemIsDark.matches);
  applyMode(isDark ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
}

export function prefer(appearance: Appearance): void {
  localStorage.setItem(key, appearance);
  applyPreferences();
  for (const listener of listeners) listener();
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, stored);

function stored(): Appearance {
  const text = localStorage.getItem(key);
  return text === 'light' || text === 'dark' ? text : 'system';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
