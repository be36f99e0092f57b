import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import { href } from '../address.ts';
import type { Looks } from '../api/use-reading.ts';
import type { Attention, PageOf } from '../api/wire.ts';
import { Rows } from '../lists/rows.tsx';
import { attentionColumns, NothingNeedsYou } from './attention-columns.tsx';

/** On the overview, so many: the charts below begin on the first screen of a laptop. The others are on their page. */
const mostShown = 5;

/** What needs somebody, newest first. */
export function AttentionTable({ attention }: { readonly attention: Looks<PageOf<Attention>> }) {
  const { items = [], cursor } = attention.value ?? {};
  const isReading = attention.stage === 'looking' && items.length === 0;
  return (
    <Rows
      label="Attention"
      items={items.slice(0, mostShown)}
      columns={attentionColumns}
      loadingText={isReading ? 'Reading the attention list' : undefined}
      header={
        <Header
          counter={isReading ? '' : `(${items.length}${cursor === undefined ? '' : '+'})`}
          actions={items.length > mostShown && <Link href={href(['attention'])}>Show all</Link>}
        >
          Needs you
        </Header>
      }
      empty={<NothingNeedsYou />}
    />
  );
}
