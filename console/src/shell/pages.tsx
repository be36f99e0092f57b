import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { href, type Place } from '../address.ts';

type PageComponent = ComponentType<{ readonly place: Place }>;

/** A page whose files are loaded when it is first shown, or earlier where `load` is called. */
interface Shown {
  readonly load: () => Promise<unknown>;
  readonly show: LazyExoticComponent<PageComponent>;
}

const page = (load: () => Promise<{ readonly default: PageComponent }>): Shown => ({
  load,
  show: lazy(load),
});

interface Section {
  readonly name: string;
  /** First part of its address; the overview has none. */
  readonly path: string;
  readonly list: Shown;
  /** One of what it lists, by so many parts of the address behind the section's. */
  readonly one?: Shown & { readonly parts: number };
}

/** What the navigation lists, in its order. */
export const sections: readonly Section[] = [
  { name: 'Overview', path: '', list: page(() => import('../overview/overview-page.tsx')) },
  { name: 'Attention', path: 'attention', list: page(() => import('../attention/attention-page.tsx')) },
  {
    name: 'Events',
    path: 'events',
    list: page(() => import('../events/events-page.tsx')),
    one: { parts: 2, ...page(() => import('../event/event-page.tsx')) },
  },
  {
    name: 'Lanes',
    path: 'lanes',
    list: page(() => import('../lanes/lanes-page.tsx')),
    one: { parts: 2, ...page(() => import('../lanes/lane-page.tsx')) },
  },
  {
    name: 'Jobs',
    path: 'jobs',
    list: page(() => import('../jobs/jobs-page.tsx')),
    one: { parts: 1, ...page(() => import('../jobs/job-page.tsx')) },
  },
  {
    name: 'Dead letters',
    path: 'dead-letters',
    list: page(() => import('../dead-letters/dead-letters-page.tsx')),
  },
  { name: 'Rejections', path: 'rejections', list: page(() => import('../rejections/rejections-page.tsx')) },
  {
    name: 'Sources',
    path: 'sources',
    list: page(() => import('../sources/sources-page.tsx')),
    one: { parts: 1, ...page(() => import('../sources/source-page.tsx')) },
  },
  { name: 'Settings', path: 'settings', list: page(() => import('../settings/settings-page.tsx')) },
];

export const sectionHref = ({ path }: Section): string => href(path === '' ? [] : [path]);

interface Crumb {
  readonly text: string;
  readonly href: string;
}

export interface Page extends Shown {
  /** Of the browser's tab. */
  readonly title: string;
  /** Where it belongs in the navigation. */
  readonly section: string;
  readonly crumbs: readonly Crumb[];
}

const unknown = page(() => import('./unknown-page.tsx'));
const home: Crumb = { text: 'Hooklane', href: href([]) };

/** What is at a place. */
export function pageAt({ parts }: Place): Page {
  const [first = '', ...rest] = parts;
  const section = sections.find(({ path }) => path === first);
  if (section !== undefined) {
    const { name, list, one } = section;
    const own = sectionHref(section);
    const crumbs = [home, { text: name, href: own }];
    if (rest.length === 0) return { title: name, section: own, crumbs: first === '' ? [] : crumbs, ...list };
    const title = rest.at(-1);
    if (one?.parts === rest.length && title !== undefined)
      return { ...one, title, section: own, crumbs: [...crumbs, { text: title, href: href(parts) }] };
  }
  return { title: 'Not found', section: '', crumbs: [home], ...unknown };
}
