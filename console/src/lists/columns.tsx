import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { eventHref, href } from '../address.ts';
import { LaneLink } from '../lanes/lane-link.tsx';
import { AsWritten } from '../words/as-written.tsx';
import { Time } from '../words/time.tsx';

export interface Column<Item> {
  readonly id: string;
  readonly header: string;
  /** In pixels. */
  readonly minWidth: number;
  /** What the row is called by. */
  readonly isRowHeader?: boolean;
  /** Aligned by its last digit. */
  readonly isNumber?: boolean;
  readonly cell: (item: Item) => ReactNode;
}

/** An event by its id, or the whole source that something is about. */
export const eventColumn: Column<{ readonly source: string; readonly eventId?: string | undefined }> = {
  id: 'event',
  header: 'Event',
  isRowHeader: true,
  minWidth: 140,
  cell: ({ source, eventId }) => (
    <>
      <span data-row>
        {eventId === undefined ? (
          <Link href={href(['sources', source])}>the whole source</Link>
        ) : (
          <Link href={eventHref(source, eventId)}>
            <AsWritten text={eventId} />
          </Link>
        )}
      </span>
      <div className="below">{source}</div>
    </>
  ),
};

export const laneColumn: Column<{ readonly lane?: string | undefined }> = {
  id: 'lane',
  header: 'Lane',
  minWidth: 130,
  cell: ({ lane }) => (lane === undefined ? '–' : <LaneLink lane={lane} />),
};

/** `unknown`: what is said where there is none. */
export const timeColumn = <Item,>(
  id: string,
  header: string,
  timeOf: (item: Item) => string | undefined,
  { unknown = '–', isRelative = false } = {},
): Column<Item> => ({
  id,
  header,
  minWidth: 150,
  cell: (item) => {
    const at = timeOf(item);
    return at === undefined ? unknown : <Time at={at} isRelative={isRelative} />;
  },
});

/** What somebody wrote, in two lines; all of it where the pointer rests. */
export const textColumn = <Item,>(
  id: string,
  header: string,
  textOf: (item: Item) => string | undefined,
  minWidth = 200,
): Column<Item> => ({
  id,
  header,
  minWidth,
  cell: (item) => {
    const text = textOf(item);
    return text === undefined ? '–' : <TwoLines text={text} />;
  },
});

const longest = 500;

const TwoLines = ({ text }: { readonly text: string }) => (
  <div className="two-lines" title={text.slice(0, longest)}>
    <AsWritten text={text.slice(0, longest)} />
  </div>
);

export const numberColumn = <Item,>(
  id: string,
  header: string,
  numberOf: (item: Item) => number,
  minWidth = 100,
): Column<Item> => ({
  id,
  header,
  minWidth,
  isNumber: true,
  cell: (item) => <div className="number">{numberOf(item).toLocaleString()}</div>,
});
