import Header from '@cloudscape-design/components/header';
import type { ComponentProps, ReactNode } from 'react';
import { Empty } from '../words/empty.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { Pager } from './pager.tsx';
import { Rows } from './rows.tsx';
import { isUnfinished, SearchProgress } from './search-progress.tsx';
import type { Pages } from './use-pages.ts';

type PropsOfRows<Item> = ComponentProps<typeof Rows<Item>>;

interface Props<Item> extends Pick<
  PropsOfRows<Item>,
  'columns' | 'trackBy' | 'empty' | 'filter' | 'visible' | 'selection'
> {
  /** As the navigation has it: `Dead letters`. */
  readonly name: string;
  readonly description: string;
  readonly pages: Pages<Item>;
  readonly actions?: ReactNode;
}

/** A list as a page of its own: what is read of the API, page by page, or a word about why there is nothing to be seen. */
export function ListPage<Item>({ name, description, pages, empty, actions, ...rows }: Props<Item>) {
  const items = pages.value?.items ?? [];
  const reading = pages.isFirst ? `Reading ${name.toLowerCase()}` : 'Nothing found so far';
  return (
    <Rows
      {...rows}
      variant="full-page"
      label={name}
      items={items}
      loadingText={pages.stage === 'looking' && items.length === 0 ? reading : undefined}
      header={
        <Header variant="h1" description={description} actions={actions}>
          {name}
        </Header>
      }
      pagination={<Pager pages={pages} />}
      empty={<Nothing pages={pages}>{empty}</Nothing>}
      footer={isUnfinished(pages) && <SearchProgress pages={pages} />}
    />
  );
}

/** Nothing is known to be missing before the list has come to its end. */
function Nothing({ pages, children }: { readonly pages: Pages<unknown>; readonly children: ReactNode }) {
  if (pages.problem !== undefined) return <ProblemAlert problem={pages.problem} />;
  if (pages.value?.cursor === undefined) return children;
  return <Empty what="Nothing found so far" next="The search was stopped before it came to the end." />;
}
