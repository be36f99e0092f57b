import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { href, type Place } from '../address.ts';

/** Pages that the navigation lists, in its order. */
export const sections = [
  { name: 'Overview', path: [] },
  { name: 'Events', path: ['events'] },
  { name: 'Lanes', path: ['lanes'] },
  { name: 'Rejections', path: ['rejections'] },
  { name: 'Sources', path: ['sources'] },
] as const satisfies readonly { readonly name: string; readonly path: readonly string[] }[];

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

const pages = {
  overview: lazy(() => import('../overview/overview-page.tsx')),
  event: lazy(() => import('../event/event-page.tsx')),
  lane: lazy(() => import('../lanes/lane-page.tsx')),
  unknown: lazy(() => import('./unknown-page.tsx')),
} as const;

const lists: Readonly<Record<string, Page['show']>> = {
  events: lazy(() => import('../events/events-page.tsx')),
  lanes: lazy(() => import('../lanes/lanes-page.tsx')),
  rejections: lazy(() => import('../rejections/rejections-page.tsx')),
  sources: lazy(() => import('../sources/sources-page.tsx')),
};

const home: Crumb = { text: 'Hooklane', href: href([]) };

/** What is at a place. Every page is loaded when it is first shown. */
export function pageAt({ parts }: Place): Page {
  const [first, source, name] = parts;
  if (first === undefined) return { title: 'Overview', section: href([]), crumbs: [], show: pages.overview };
  const section = sections.find(({ path }) => path[0] === first);
  const list = lists[first];
  if (section !== undefined && list !== undefined) {
    const crumb: Crumb = { text: section.name, href: href(section.path) };
    const at = { section: href(section.path), crumbs: [home, crumb] };
    if (source === undefined) return { ...at, title: section.name, show: list };
    if (name !== undefined && (first === 'events' || first === 'lanes')) {
      const own: Crumb = { text: name, href: href(parts) };
      return {
        ...at,
        title: name,
        crumbs: [...at.crumbs, own],
        show: first === 'events' ? pages.event : pages.lane,
      };
    }
  }
  return { title: 'Not found', section: '', crumbs: [home], show: pages.unknown };
}
