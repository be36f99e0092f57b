import Link from '@cloudscape-design/components/link';
import { href, type Place } from '../address.ts';
import type { Attention } from '../api/wire.ts';
import { ListPage } from '../lists/list-page.tsx';
import { usePages } from '../lists/use-pages.ts';
import { attentionColumns, NothingNeedsYou } from './attention-columns.tsx';

/** Everything that needs somebody, of all sources or of one. */
export default function AttentionPage({ place: { query } }: { readonly place: Place }) {
  const source = query.get('source');
  const pages = usePages<Attention>('ops/attention', new URLSearchParams(source === null ? {} : { source }));
  return (
    <ListPage
      name="Attention"
      description={
        source === null
          ? 'What failed for good, stands still or cannot be read. The runbook has a section for each reason.'
          : `Only of the source ${source}.`
      }
      actions={source === null ? undefined : <Link href={href(['attention'])}>Show all</Link>}
      pages={pages}
      trackBy={({ source, eventId = '', reason }) => `${source}#${eventId} ${reason}`}
      columns={attentionColumns}
      empty={<NothingNeedsYou />}
    />
  );
}
