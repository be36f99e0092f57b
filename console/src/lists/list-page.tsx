import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { Empty } from '../words/empty.tsx';
import { ProblemAlert } from '../words/problem-alert.tsx';
import { Pager } from './pager.tsx';
import { isUnfinished, SearchProgress } from './search-progress.tsx';
import type { Pages } from './use-pages.ts';

interface Props<Item> {
  /** As the navigation has it: `Dead letters`. */
  readonly name: string;
  readonly description: string;
  readonly pages: Pages<Item>;
  readonly trackBy: TableProps.TrackBy<Item>;
  readonly columns: readonly TableProps.ColumnDefinition<Item>[];
  /** What is said where there are no rows, and nothing is wrong. */
  readonly empty: ReactNode;
  readonly actions?: ReactNode;
  readonly filter?: ReactNode;
  /** Which columns are shown, and where that is chosen. Default: all. */
  readonly visible?: { readonly columns: readonly string[]; readonly preferences: ReactNode };
  /** For lists of which several are acted on at once. */
  readonly selection?: {
    readonly items: readonly Item[];
    readonly change: (items: readonly Item[]) => void;
    readonly labelOf: (item: Item) => string;
  };
}

/** A list as a page of its own: what is read of the API, page by page, or a word about why there is nothing to be seen. */
export function ListPage<Item>({
  name,
  description,
  pages,
  trackBy,
  columns,
  empty,
  actions,
  filter,
  visible,
  selection,
}: Props<Item>) {
  const items = pages.value?.items ?? [];
  return (
    <Table
      variant="full-page"
      items={[...items]}
      trackBy={trackBy}
      loading={pages.stage === 'looking' && items.length === 0}
      loadingText={pages.isFirst ? `Reading ${name.toLowerCase()}` : 'Nothing found so far'}
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{
        tableLabel: name,
        ...(selection && {
          selectionGroupLabel: `Selection of ${name.toLowerCase()}`,
          allItemsSelectionLabel: () => 'Select all of this page',
          itemSelectionLabel: (_, item: Item) => `Select ${selection.labelOf(item)}`,
        }),
      }}
      {...(selection && {
        selectionType: 'multi' as const,
        selectedItems: selection.items,
        onSelectionChange: ({ detail }: { detail: TableProps.SelectionChangeDetail<Item> }) =>
          selection.change(detail.selectedItems),
      })}
      {...(visible && {
        columnDisplay: columns.map(({ id = '' }) => ({ id, visible: visible.columns.includes(id) })),
        preferences: visible.preferences,
      })}
      header={
        <Header variant="h1" description={description} actions={actions}>
          {name}
        </Header>
      }
      filter={filter}
      pagination={<Pager pages={pages} />}
      empty={<Nothing pages={pages}>{empty}</Nothing>}
      footer={isUnfinished(pages) && <SearchProgress pages={pages} />}
      columnDefinitions={columns}
    />
  );
}

/** Nothing is known to be missing before the list has come to its end. */
function Nothing({ pages, children }: { readonly pages: Pages<unknown>; readonly children: ReactNode }) {
  if (pages.problem !== undefined) return <ProblemAlert problem={pages.problem} />;
  if (pages.value?.cursor === undefined) return children;
  return <Empty what="Nothing found so far" next="The search was stopped before it came to the end." />;
}
