import { useEffect } from 'react';

/** What the keys do, on every page; the help lists them. */
export const keys = [
  { key: '/', does: 'goes to the filter of the page' },
  { key: 'j', does: 'moves to the next row of the list' },
  { key: 'k', does: 'moves to the row before' },
  { key: 'Enter', does: 'opens the row' },
  { key: '?', does: 'shows this list' },
  { key: 'Esc', does: 'closes what is open' },
] as const;

/** Keys outside of fields and dialogs. They move the browser's own focus, so that what follows is what Tab and Enter do anywhere. */
export function useKeyboard(showHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role=dialog]') !== null) return;
      if (act(event.key, showHelp)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [showHelp]);
}

function act(key: string, showHelp: () => void): boolean {
  switch (key) {
    case '/': {
      const filter = document.querySelector<HTMLInputElement>('[data-filter] input');
      filter?.focus();
      return filter !== null;
    }
    case 'j':
      return moveFocus(1);
    case 'k':
      return moveFocus(-1);
    case '?':
      showHelp();
      return true;
    default:
      return false;
  }
}

/** Rows are known by the link that opens them. */
function moveFocus(by: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row] a')];
  const current = rows.findIndex((row) => row === document.activeElement);
  const next = current < 0 ? 0 : Math.min(Math.max(current + by, 0), rows.length - 1);
  rows[next]?.focus();
  rows[next]?.scrollIntoView({ block: 'nearest' });
  return rows.length > 0;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
