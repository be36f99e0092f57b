import Cards from '@cloudscape-design/components/cards';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useIsNarrow } from '../shell/use-is-narrow.ts';
import type { Column } from './columns.tsx';

interface Props<Item> {
  /** What they are, for whoever does not see it: `Dead letters`. */
  readonly label: string;
  readonly items: readonly Item[];
  readonly columns: readonly Column<Item>[];
  readonly trackBy?: TableProps.TrackBy<Item>;
  readonly variant?: 'container' | 'full-page' | 'embedded';
  readonly header?: ReactNode;
  readonly empty?: ReactNode;
  readonly loadingText?: string | undefined;
  readonly filter?: ReactNode;
  readonly pagination?: ReactNode;
  readonly footer?: ReactNode;
  /** Which columns are shown, and where that is chosen. Default: all. */
  readonly visible?: { readonly columns: readonly string[]; readonly preferences: ReactNode } | undefined;
  /** For lists of which several are acted on at once. */
  readonly selection?:
    | {
        readonly items: readonly Item[];
        readonly change: (items: readonly Item[]) => void;
        readonly labelOf: (item: Item) => string;
      }
    | undefined;
}

/** Rows of a table; on a telephone, where it would be cut off behind its second column, a card for each. `loadingText`: they are being read. */
export function Rows<Item>(props: Props<Item>) {
  const { label, items, columns, variant = 'container', footer, loadingText, visible, selection } = props;
  const common = {
    items,
    variant,
    ...(props.trackBy !== undefined && { trackBy: props.trackBy }),
    header: props.header,
    empty: props.empty,
    filter: props.filter,
    pagination: props.pagination,
    loading: loadingText !== undefined,
    ...(loadingText !== undefined && { loadingText }),
    ...(visible && { preferences: visible.preferences }),
    ...(selection && {
      selectionType: 'multi' as const,
      selectedItems: selection.items,
      onSelectionChange: ({ detail }: { detail: { selectedItems: Item[] } }) =>
        selection.change(detail.selectedItems),
    }),
  };
  const selectionLabels = selection && {
    selectionGroupLabel: `Selection of ${label.toLowerCase()}`,
    allItemsSelectionLabel: () => 'Select all of this page',
    itemSelectionLabel: (_: unknown, item: Item) => `Select ${selection.labelOf(item)}`,
  };
  if (useIsNarrow()) {
    const [title, ...others] = columns.filter(({ id }) => visible?.columns.includes(id) ?? true);
    return (
      <>
        <Cards
          {...common}
          variant={variant === 'full-page' ? 'full-page' : 'container'}
          ariaLabels={{
            cardsLabel: label,
            itemSelectionLabel: () => '',
            selectionGroupLabel: '',
            ...selectionLabels,
          }}
          cardDefinition={{
            header: (item) => title?.cell(item),
            sections: [{ id: 'all', content: (item) => <Card item={item} columns={others} /> }],
          }}
        />
        {footer}
      </>
    );
  }
  return (
    <Table
      {...common}
      wrapLines
      enableKeyboardNavigation
      contentDensity={variant === 'full-page' ? 'comfortable' : 'compact'}
      ariaLabels={{ tableLabel: label, ...selectionLabels }}
      footer={footer}
      columnDefinitions={columns.map(({ header, isNumber, ...column }) => ({
        ...column,
        header: isNumber === true ? <div className="number">{header}</div> : header,
      }))}
      {...(visible && {
        columnDisplay: columns.map(({ id }) => ({ id, visible: visible.columns.includes(id) })),
      })}
    />
  );
}

/** Two in a line where they are short. What there is not is left out. */
function Card<Item>({ item, columns }: { readonly item: Item; readonly columns: readonly Column<Item>[] }) {
  const cells = columns.map((column) => ({ ...column, shown: column.cell(item) }));
  return (
    <dl className="card">
      {cells
        .filter(({ shown }) => shown !== '–')
        .map(({ id, header, minWidth, shown }) => (
          <div key={id} className={minWidth > 150 ? 'card-wide' : ''}>
            <dt>{header}</dt>
            <dd>{shown}</dd>
          </div>
        ))}
    </dl>
  );
}
