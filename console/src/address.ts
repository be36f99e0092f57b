import { useSyncExternalStore } from 'react';

/** Where the console is: what follows `#` in the address, so that it works below any path, and every place can be sent to somebody. */
export interface Place {
  /** Decoded: `['events', 'stripe', 'evt_1']`. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

export function parsePlace(hash: string): Place {
  const [path, query = ''] = splitOnce(hash.replace(/^#\/?/, ''), '?');
  return {
    parts: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: new URLSearchParams(query),
  };
}

/** Ids may hold anything, slashes and question marks too. */
export function href(parts: readonly string[], query?: URLSearchParams): string {
  const text = query?.toString() ?? '';
  return `#/${parts.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

/** A list, of what one thing alone has: a source, a lane. */
export const listHref = (list: string, by: Readonly<Record<string, string>>): string =>
  href([list], new URLSearchParams(by));

export const eventHref = (source: string, eventId: string): string => href(['events', source, eventId]);

/** Of a lane's name, `source#entity`. */
export function laneHref(lane: string): string {
  const [source, entity = ''] = splitOnce(lane, '#');
  return href(['lanes', source, entity]);
}

export const splitLane = (lane: string): readonly [source: string, entity: string] => {
  const [source, entity = ''] = splitOnce(lane, '#');
  return [source, entity];
};

export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return parsePlace(hash);
}

export const goTo = (to: string): void => {
  window.location.hash = to;
};

/** Changes the address without a step in the history: a filter that is being typed. */
export function replaceAddress(to: string): void {
  window.history.replaceState(null, '', to);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
