import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { href } from '../address.ts';
import type { Looks } from '../api/use-reading.ts';
import type { Attention, PageOf } from '../api/wire.ts';
import { attentionColumns, NothingNeedsYou } from './attention-columns.tsx';

/** On the overview, so many; the others are on their page. */
const mostShown = 10;

/** What needs somebody, newest first. */
export function AttentionTable({ attention }: { readonly attention: Looks<PageOf<Attention>> }) {
  const { items = [], cursor } = attention.value ?? {};
  const more = cursor !== undefined;
  return (
    <Table
      items={items.slice(0, mostShown)}
      loading={attention.stage === 'looking' && items.length === 0}
      loadingText="Reading the attention list"
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: 'Attention' }}
      header={
        <Header
          counter={attention.isFirst ? '' : `(${items.length}${more ? '+' : ''})`}
          actions={items.length > mostShown && <Link href={href(['attention'])}>Show all</Link>}
        >
          Needs you
        </Header>
      }
      empty={<NothingNeedsYou />}
      columnDefinitions={attentionColumns}
    />
  );
}
