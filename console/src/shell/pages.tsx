import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { href, type Place } from '../address.ts';

type Shown = LazyExoticComponent<ComponentType<{ readonly place: Place }>>;

interface Section {
  readonly name: string;
  /** First part of its address; the overview has none. */
  readonly path: string;
  readonly list: Shown;
  /** One of what it lists, by so many parts of the address behind the section's. */
  readonly one?: { readonly parts: number; readonly show: Shown };
}

/** What the navigation lists, in its order. Every page is loaded when it is first shown. */
export const sections: readonly Section[] = [
  { name: 'Overview', path: '', list: lazy(() => import('../overview/overview-page.tsx')) },
  { name: 'Attention', path: 'attention', list: lazy(() => import('../attention/attention-page.tsx')) },
  {
    name: 'Events',
    path: 'events',
    list: lazy(() => import('../events/events-page.tsx')),
    one: { parts: 2, show: lazy(() => import('../event/event-page.tsx')) },
  },
  {
    name: 'Lanes',
    path: 'lanes',
    list: lazy(() => import('../lanes/lanes-page.tsx')),
    one: { parts: 2, show: lazy(() => import('../lanes/lane-page.tsx')) },
  },
  {
    name: 'Jobs',
    path: 'jobs',
    list: lazy(() => import('../jobs/jobs-page.tsx')),
    one: { parts: 1, show: lazy(() => import('../jobs/job-page.tsx')) },
  },
  {
    name: 'Dead letters',
    path: 'dead-letters',
    list: lazy(() => import('../dead-letters/dead-letters-page.tsx')),
  },
  { name: 'Rejections', path: 'rejections', list: lazy(() => import('../rejections/rejections-page.tsx')) },
  {
    name: 'Sources',
    path: 'sources',
    list: lazy(() => import('../sources/sources-page.tsx')),
    one: { parts: 1, show: lazy(() => import('../sources/source-page.tsx')) },
  },
  { name: 'Settings', path: 'settings', list: lazy(() => import('../settings/settings-page.tsx')) },
];

export const sectionHref = ({ path }: Section): string => href(path === '' ? [] : [path]);

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
  readonly show: Shown;
}

const unknown = lazy(() => import('./unknown-page.tsx'));
const home: Crumb = { text: 'Hooklane', href: href([]) };

/** What is at a place. */
export function pageAt({ parts }: Place): Page {
  const [first = '', ...rest] = parts;
  const section = sections.find(({ path }) => path === first);
  if (section !== undefined) {
    const { name, list, one } = section;
    const own = sectionHref(section);
    const crumbs = [home, { text: name, href: own }];
    if (rest.length === 0)
      return { title: name, section: own, crumbs: first === '' ? [] : crumbs, show: list };
    const title = rest.at(-1);
    if (one?.parts === rest.length && title !== undefined)
      return { title, section: own, crumbs: [...crumbs, { text: title, href: href(parts) }], show: one.show };
  }
  return { title: 'Not found', section: '', crumbs: [home], show: unknown };
}
