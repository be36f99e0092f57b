import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { href, type Place } from '../address.ts';

/** Pages that the navigation lists, in its order. */
export const sections = [{ name: 'Overview', path: [] }] as const satisfies readonly {
  readonly name: string;
  readonly path: readonly string[];
}[];

interface Crumb {
  readonly text: string;
  readonly href: string;
}

export interface Page {
  /** Of the browser's tab. */
  readonly title: string;
  /** Where it belongs in the navigation. */
  readonly section: string;
  readonly crumbs: readonly Crumb[];
  readonly show: LazyExoticComponent<ComponentType<{ readonly place: Place }>>;
}

const overview = lazy(() => import('../overview/overview-page.tsx'));
const event = lazy(() => import('../event/event-page.tsx'));
const lane = lazy(() => import('../lanes/lane-page.tsx'));
const unknown = lazy(() => import('./unknown-page.tsx'));

const home: Crumb = { text: 'Hooklane', href: href([]) };

/** What is at a place. Every page is loaded when it is first shown. */
export function pageAt({ parts }: Place): Page {
  const [section, source, name] = parts;
  if (section === undefined) return { title: 'Overview', section: href([]), crumbs: [], show: overview };
  if (section === 'events' && source !== undefined && name !== undefined) {
    return {
      title: name,
      section: href([]),
      crumbs: [home, { text: source, href: href([]) }, { text: name, href: href(parts) }],
      show: event,
    };
  }
  if (section === 'lanes' && source !== undefined && name !== undefined) {
    return {
      title: `Lane ${name}`,
      section: href([]),
      crumbs: [home, { text: source, href: href([]) }, { text: name, href: href(parts) }],
      show: lane,
    };
  }
  return { title: 'Not found', section: '', crumbs: [home], show: unknown };
}
