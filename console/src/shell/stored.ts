import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
window.addEventListener('storage', tell);

/**
 * A preference: text that this browser keeps, and all its tabs see. Never what was read of a deployment, but by the hand of whoever saved a
 * filter.
 */
export function useStored(name: string): readonly [string | undefined, (to: string) => void] {
  const key = `hooklane-console-${name}`;
  const value = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => localStorage.getItem(key) ?? undefined,
  );
  const store = useCallback(
    (to: string) => {
      localStorage.setItem(key, to);
      tell();
    },
    [key],
  );
  return [value, store];
}

/** Of a preference that is a list of texts. What cannot be read is not there. */
export function listOf(text: string | undefined): readonly string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    return Array.isArray(parsed) && parsed.every((one) => typeof one === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function tell(): void {
  for (const listener of listeners) listener();
}
